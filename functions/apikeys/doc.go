// Package apikeys makes, lists and revokes the keys of integrators' programs
// (row B9).
//
// Next: shared/domain/apikey; shared/web/authenticate.go, where a key comes in.
package apikeys
