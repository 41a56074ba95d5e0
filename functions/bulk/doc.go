// Package bulk is how people start bulk work and watch it: importing a list of
// contacts (row T1), granting access to everybody of some accounts (row T7), the
// jobs that come of it, and their reports.
//
// It does none of the work: jobs/advance does.
//
// Next: shared/domain/intake, then shared/domain/job.
package bulk
