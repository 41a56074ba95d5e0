// Package audits shows the trail: who did what to which thing, when and from
// where (row B4). It is appended to by every change and never changed.
//
// Next: shared/domain/audit.
package audits
