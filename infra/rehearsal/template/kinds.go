package template

import "maps"

// kinds is the one table of the resource types that a rehearsal knows: run.go
// holds the rows of those that it runs, aside.go of those that it does not. What
// Ref and Fn::GetAtt give is under "Return values" of each type's page below
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
// and the forms of the ARNs are in the Service Authorization Reference,
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.
var kinds = func() map[string]kind {
	all := maps.Clone(run)
	maps.Copy(all, notRun)
	return all
}()

// Reasons that several properties share.
const (
	words     = "ignored because it is words for people"
	tags      = "ignored because nothing reads tags; they count costs"
	kept      = "ignored because a rehearsal keeps nothing"
	sealed    = "ignored because nothing is encrypted at rest here"
	named     = "ignored because nothing refers to it by this name"
	patient   = "ignored because no event waits here until it is old"
	handed    = "ignored because an event is always handed over here; what the function itself does with it is tried again by other settings"
	elsewhere = "ignored because the type is not run"
)
