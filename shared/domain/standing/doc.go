// Package standing is what an account comes to at a glance: active, pending or
// offline, and when somebody was last in (rows T11, T13, T8). It is derived from
// the account's grants and never stored by hand: jobs/assess derives it anew
// after a grant was written, at the instant a grant's date comes, and when
// somebody is shut out or let in; lists show what was derived last, at most a
// minute and a tick ago. One account's own page derives it afresh.
//
// Next: functions/jobs/assess.go.
package standing
