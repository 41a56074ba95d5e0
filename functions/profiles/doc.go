// Package profiles lets people choose their name, language, time format, zone,
// country and mails for themselves.
//
// Next: shared/domain/identity/choose.go.
package profiles
