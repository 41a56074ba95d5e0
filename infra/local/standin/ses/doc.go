// Package ses stands in for Amazon SES on one machine: the gate takes mail by
// the v1 Query API as aws-sdk-go-v2/service/ses sends it (SendRawEmail and
// GetSendQuota), keeps every raw message with its tags and envelope, and tells
// what became of it in the events that SES publishes to EventBridge.
//
// It refuses what SES refuses (and, beyond SES, a mail without configuration set
// or tags, because ours always have both), holds a send rate and a daily quota
// when told to, and fails on demand: refuse, throttle, fail, hang, cut the
// connection, or accept and lose the answer.
//
// The mailbox simulator's addresses do what they do at SES
// (https://docs.aws.amazon.com/ses/latest/DeveloperGuide/mailbox-simulator.html);
// every other address accepts its mail.
//
// It must never send anything beyond this machine, never be linked into what is
// deployed, and never lose a message that it has answered for.
//
// Look next at package inbox for the browser view of the same mail, and at
// package stream for the other half of the local loop.
package ses
