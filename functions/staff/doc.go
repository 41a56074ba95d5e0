// Package staff lists the firm's own people, invites more and changes their
// levels (rows F7, Z18).
//
// Next: shared/domain/directory/staff.go, which keeps the last admin.
package staff
