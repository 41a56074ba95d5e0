// Package sessions signs people in and out, shows them where they are signed in
// and lets them go from one account to another.
//
// The tokens it hands out are read in shared/web/authenticate.go and nowhere
// else.
//
// Next: shared/domain/session, which decides who gets in.
package sessions
