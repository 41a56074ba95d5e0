// Package template reads a cloud assembly, the directory that `cdk synth`
// writes, and resolves it to plain resources: no Ref, no Fn::GetAtt, no nested
// stack is left, and every resource has the name and ARN that a deploy would
// give it.
//
// It must never guess: a type, a property or a function that it does not know
// is an error that names stack, resource and property in one line, because what
// a rehearsal passes over in silence fails in production. It must never call
// AWS, start anything, or put a resolved secret in an error.
//
// Next: kinds.go, the one table of the types and properties that a rehearsal
// knows; assembly.go for what comes out; load.go for how.
package template
