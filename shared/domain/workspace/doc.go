// Package workspace is one firm and what it may set: language, zone, working
// days, reminder plan, validity, caps, session lengths.
//
// Next: shared/domain/localtime, which resolves what is set as local time.
package workspace
