// Package factor is the second factor of staff: codes of an authenticator app
// (TOTP, RFC 6238) and recovery codes for the day it is lost.
//
// The app's secret is stored sealed under the person's password
// (password.Sealed) and is open only while that password is at hand: at
// sign-in, or when the factor is set up. Recovery codes are stored as hashes.
//
// The codes are made by github.com/pquerna/otp (Apache-2.0, alive; RFC 6238 by a
// library, not by us); its package qr draws what the app photographs. Which step
// a code is of stands here, because a code works once.
//
// Next: shared/domain/session/factor.go.
package factor
