package identity

import (
	"cmp"

	"portero/shared/domain/fault"
	"portero/shared/domain/localtime"
	"portero/shared/domain/workspace"
)

// Check refuses what a person cannot choose: the codes language_unknown,
// time_format_unknown, zone_unknown, country_unknown, notices_unknown on the fields below
// prefix, for example "profile"; invalid for several of them. Empty values stand for the workspace's.
func (p Profile) Check(prefix string) error {
	var wrong []fault.Field
	refuse := func(bad bool, name string, code fault.Code, detail string) {
		if bad {
			wrong = append(wrong, fault.Field{Name: prefix + "." + name, Code: code, Detail: detail})
		}
	}
	_, zoneErr := localtime.Load(p.Zone)
	refuse(p.Language != "" && !workspace.Speaks(p.Language), "language", "language_unknown", "A language is en or es.")
	refuse(p.TimeFormat != "" && p.TimeFormat != "24h" && p.TimeFormat != "12h", "time_format", "time_format_unknown", "A time format is 24h or 12h.")
	refuse(p.Zone != "" && zoneErr != nil, "zone", "zone_unknown", "A zone is a name such as Europe/Madrid.")
	refuse(p.Country != "" && !workspace.IsCountry(p.Country), "country", "country_unknown", "A country is an assigned code of ISO 3166-1, two capital letters such as ES.")
	refuse(!p.Notices.known(), "notices", "notices_unknown", "Notices are each, digest or none.")
	if len(wrong) > 0 {
		return fault.OnMany(wrong, "Some of your choices are not acceptable. See each field's detail.")
	}
	return nil
}

// Or returns the profile with what is not chosen taken from another.
func (p Profile) Or(other Profile) Profile {
	return Profile{
		Language: cmp.Or(p.Language, other.Language), TimeFormat: cmp.Or(p.TimeFormat, other.TimeFormat),
		Zone: cmp.Or(p.Zone, other.Zone), Country: cmp.Or(p.Country, other.Country),
		Chosen: p.Chosen || other.Chosen, Quiet: p.Quiet || other.Quiet, Notices: cmp.Or(p.Notices, other.Notices),
	}
}
