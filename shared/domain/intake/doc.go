// Package intake takes in people by the list: a CSV file (RFC 4180, with or
// without a byte order mark, comma or semicolon), or everybody of some accounts.
// Importing, granting access and inviting are separate choices (rows T1, T3, T7).
//
// What a line comes to is decided by the invitation desk, in a dry run and in the
// job alike; here stands what only a list needs: reading it, knowing its columns,
// finding accounts and roles by name, and saying which line repeats which.
//
// Next: shared/domain/job, which does the lines; shared/domain/invitation/reach.go.
package intake
