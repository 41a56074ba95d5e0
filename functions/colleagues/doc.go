// Package colleagues is what a member does about people of their own account: whom
// they invite, and what they take back (row T14).
//
// Next: shared/domain/invitation/colleague.go.
package colleagues
