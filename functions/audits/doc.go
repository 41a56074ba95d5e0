// Package audits shows the trail: who did what to which thing, at which account,
// when and from where (row B4). It is appended to by every change and never
// changed. What somebody saw is in it where it leaves the system or opens a
// door: files of the trail, links that staff copied. Looking at a list or a card
// in the console is not, or each page would be a write (decided; issue 4).
//
// Next: shared/domain/audit.
package audits
