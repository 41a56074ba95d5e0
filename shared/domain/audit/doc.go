// Package audit is the trail: who did what to which thing, when and from where.
//
// It must never hold a name, an address or a text a person wrote; those stand
// in the history of the thing itself and go with the person.
//
// Next: shared/dynamo/audit.go.
package audit
