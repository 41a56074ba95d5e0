// Package pending lists who was let in and has not come yet, sent to or never
// sent to, and sends to many of them or gives them up (rows T10, T3).
//
// Next: shared/dynamo/pending.go; shared/domain/invitation for what is sent.
package pending
