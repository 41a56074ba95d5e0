// Package job is bulk work (design.md §5, "Bulk"): what is to be done stands in
// parts, what became of it in one entry per line, and the job itself holds the
// cursor between the two.
//
// What a line comes to, its entry and the cursor's move are one transaction.
// So whoever takes a job up again, after whatever, goes on behind the last line
// that has its entry; nothing is done twice and nothing is left out.
//
// A part is removed in the transaction that does its last line: what somebody
// sent in does not stay. Entries, and with them the addresses that they show,
// go with the job, Kept after its end.
//
// It must never know what a line is about: that is its Worker's, one per kind; one
// that goes through long lists is a Walk.
//
// Next: functions/jobs/kinds.go, the kinds; functions/jobs/advance.go.
package job
