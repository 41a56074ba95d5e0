package identity

import (
	"slices"
	"strings"

	"portero/shared/domain/workspace"
)

// Choice is what a person chooses for themselves; nil leaves as it is, and an
// empty text goes back to the workspace's.
type Choice struct {
	Name       *string
	Language   *string
	TimeFormat *string
	Zone       *string
	Country    *string
	Quiet      *bool
	Notices    *Hearing
}

// Choose puts a choice onto the identity and names the fields that are new
// (row Z9). name_malformed, or the codes of Profile.Check.
func (i Identity) Choose(c Choice) (Identity, []string, error) {
	before := i
	var fields []string
	for _, f := range []struct {
		name      string
		to, given *string
	}{
		{"name", &i.Name, c.Name}, {"language", &i.Profile.Language, c.Language}, {"time_format", &i.Profile.TimeFormat, c.TimeFormat},
		{"zone", &i.Profile.Zone, c.Zone}, {"country", &i.Profile.Country, c.Country},
	} {
		if f.given == nil {
			continue
		}
		if f.name != "name" {
			i.Profile.Chosen = true
		}
		if *f.to != *f.given {
			*f.to, fields = *f.given, append(fields, f.name)
		}
	}
	if c.Quiet != nil && i.Profile.Quiet != *c.Quiet {
		i.Profile.Quiet, fields = *c.Quiet, append(fields, "quiet")
	}
	if c.Notices != nil && i.Profile.Notices != *c.Notices {
		i.Profile.Notices, fields = *c.Notices, append(fields, "notices")
	}
	if i.Profile.Chosen != before.Profile.Chosen {
		fields = append(fields, "chosen")
	}
	i.Name = strings.TrimSpace(i.Name)
	if i.Name != "" {
		if err := workspace.CheckName("name", i.Name); err != nil {
			return before, nil, err
		}
	}
	if err := i.Profile.Check("profile"); err != nil {
		return before, nil, err
	}
	slices.Sort(fields)
	return i, fields, nil
}
