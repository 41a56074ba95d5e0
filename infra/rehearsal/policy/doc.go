// Package policy answers two questions about AWS: what does a signed request
// ask for, and does a role allow it.
//
// Calls works out the first from one table (rows.go), whose rows cite the
// Service Authorization Reference; a request that is not in it is an error. A
// Role answers the second from the policy documents of a resolved template.
// What is decided is what a role's own policies say: boundaries, service
// control policies, session policies and the policies of resources are not
// looked at.
//
// It must never import anything of ours, let an element, an operator or a
// condition key pass that it does not know, answer a request itself, or check a
// signature (it reads who signed, no more).
//
// Next: rows.go, then decide.go; infra/constructs/policy.go writes what is read
// here.
package policy
