// Package message is one mail in the outbox: what it is for, to whom, how far
// it has come, and the rules of claiming and retrying it.
//
// It must never hold a readable secret: only delivery sees one, between minting
// it and handing it to SES.
//
// Next: claim.go and caps.go for the rules, shared/app/courier.go for who follows
// them, shared/mail for what is sent.
package message
