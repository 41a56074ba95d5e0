// Package secondfactors sets up, renews and ends the second factor of the firm's
// own people (row B3): an authenticator app and recovery codes.
//
// Who signs in types its codes at sessions/create.
//
// Next: shared/domain/session/factor.go and shared/domain/factor.
package secondfactors
