// Package inbox shows the local mail in a browser: it starts aws-ses-v2-local
// (from infra/package.json) on 127.0.0.1, to which the SES gate forwards a copy of
// each message.
//
// It is a window, not a store: it keeps mail in memory, drops headers and tags,
// and hangs on calls it does not know. Nothing but the gate may send to it, and no
// test may read mail from it; the gate has the raw messages.
//
// Look next at package ses.
package inbox
