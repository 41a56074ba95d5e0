// Package apikey is an integrator's key: a program's way in, made by an admin
// for some permissions and a time (row B9). A key acts for its creator, never
// beyond what they may do at that moment, and ends with them.
//
// It must never hold a secret that can be read; the key is shown once.
//
// Next: token.go, what a key looks like.
package apikey
