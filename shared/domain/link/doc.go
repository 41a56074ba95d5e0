// Package link is the secret behind a "#" in a mailed, copied or shared URL:
// workspace, thing and 32 random bytes. The fragment never reaches a server log.
// The browser that waits for a mailed code holds one of the same form.
//
// Only the SHA-256 of the secret is stored. Inside finds the links of others, in
// words that must hold none.
//
// Next: functions/triggers/deliver.go, which mints those that are mailed.
package link
