package identity

import (
	"testing"

	"portero/shared/domain/fault"
)

func TestWhatAPersonMayChoose(t *testing.T) {
	for name, c := range map[string]struct {
		profile Profile
		codes   []fault.Code
	}{
		"nothing":               {Profile{}, nil},
		"everything":            {Profile{Language: "es", TimeFormat: "12h", Zone: "America/Lima", Country: "PE"}, nil},
		"another language":      {Profile{Language: "fr"}, []fault.Code{"language_unknown"}},
		"another clock":         {Profile{TimeFormat: "24"}, []fault.Code{"time_format_unknown"}},
		"a zone of no place":    {Profile{Zone: "Local"}, []fault.Code{"zone_unknown"}},
		"a country's name":      {Profile{Country: "Spain"}, []fault.Code{"country_unknown"}},
		"small letters":         {Profile{Country: "es"}, []fault.Code{"country_unknown"}},
		"two things at a time":  {Profile{Language: "x", Zone: "Mars/Base"}, []fault.Code{"language_unknown", "zone_unknown"}},
		"two letters, no ASCII": {Profile{Country: "ÑÑ"}, []fault.Code{"country_unknown"}},
	} {
		var got []fault.Code
		if f := fault.As(c.profile.Check("profile")); f != nil {
			for _, field := range f.Fields {
				got = append(got, field.Code)
			}
		}
		if len(got) != len(c.codes) {
			t.Errorf("%s: %v, want %v", name, got, c.codes)
			continue
		}
		for i := range got {
			if got[i] != c.codes[i] {
				t.Errorf("%s: %v, want %v", name, got, c.codes)
			}
		}
	}
}

func TestWhatIsNotChosenComesFromElsewhere(t *testing.T) {
	own := Profile{Language: "en", Chosen: true}
	got := own.Or(Profile{Language: "es", Zone: "Europe/Madrid", Quiet: true})
	if want := (Profile{Language: "en", Zone: "Europe/Madrid", Chosen: true, Quiet: true}); got != want {
		t.Errorf("%+v", got)
	}
}
