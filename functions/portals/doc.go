// Package portals opens the workspace's entrances and says what they are called
// (rows F1, Z1). A portal's name and URL never change and it is never deleted.
//
// Next: shared/domain/portal/name.go for what may be a name.
package portals
