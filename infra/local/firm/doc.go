// Package firm is a firm at the front door of a running system: it is made by
// the operator's task, its admin comes in by the mailed link, and everything
// else it does over HTTP. Benchmarks drive local and rehearsed systems by it;
// tests have shared/testkit.
//
// It never looks behind the door.
package firm
