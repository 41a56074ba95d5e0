// Package localtime turns what people set as local time (a reminder's hour, the end of a day, working days and quiet
// hours, kept as wall time and zone name) into instants, afresh at each reading, so that nothing drifts when a zone
// changes its clock or its rules.
//
// It never reads a clock or touches the network. Every instant it returns is UTC and, given whole seconds, whole
// seconds. The zone is the contact's if known, else the workspace's (design.md §5 "Local time"); choosing it is the
// caller's work. No function takes a nil zone.
//
// Two rules hold everywhere: a wall time that a clock change skips stands for the first instant after the gap, and
// one that happens twice for its first time. [EndOfDay] alone takes the last: a deadline must not fall an hour before
// the day is over.
//
// Who embeds the IANA database is the binary (functions/bootstrap imports time/tzdata); tests import it themselves.
//
// Start at resolve.go (wall time to instant), then plan.go (the reminder slots of one invitation). The proof over all
// zones of the database is simulation_test.go.
package localtime
