// Package verification is an address being proved by a code that was mailed to
// it, for copied links and join links, which prove no mailbox by themselves.
//
// Next: functions/verifications/confirm.go.
package verification
