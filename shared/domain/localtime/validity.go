package localtime

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Product rule: issue 2 §2 (validity 1 hour to 365 days) and design.md §5 "Local time" (14 days).
const (
	DefaultValidityDays = 14
	maxValidityDays     = 365
	maxValidityHours    = maxValidityDays * 24
)

// Validity is how long an invitation is open after it was sent: whole days, which end with the local day, or whole
// hours, which end to the second. At most one field is set. The zero value stands for the default, 14 days to the end
// of the local day; to fall back to a workspace's own setting first: cmp.Or(own, workspace).
type Validity struct{ Days, Hours int }

var errValidity = errors.New("validity must be P1D to P365D (days, to the end of the local day) or PT1H to PT8760H (hours)")

// ParseValidity reads P<d>D (1 to 365) or PT<h>H (1 to 8760), the ISO 8601 durations of days alone or hours alone,
// without leading zeros. The rest, "" included, is refused with a plain error that names the range.
func ParseValidity(text string) (Validity, error) {
	var v Validity
	if hours, ok := strings.CutPrefix(text, "PT"); ok {
		v.Hours, _ = strconv.Atoi(strings.TrimSuffix(hours, "H"))
	} else {
		v.Days, _ = strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(text, "P"), "D"))
	}
	// What was cut or read too kindly shows here: v is not written as text is.
	if v.IsZero() || v.Validate() != nil || v.String() != text {
		return Validity{}, errValidity
	}
	return v, nil
}

// IsZero says whether v stands for the default; encoding/json's omitzero asks it.
func (v Validity) IsZero() bool { return v == Validity{} }

// Validate refuses, with a plain error that names the range, what is neither the zero value, 1 to 365 days, nor 1 to
// 8760 hours.
func (v Validity) Validate() error {
	switch {
	case v.IsZero(),
		v.Hours == 0 && v.Days >= 1 && v.Days <= maxValidityDays,
		v.Days == 0 && v.Hours >= 1 && v.Hours <= maxValidityHours:
		return nil
	}
	return errValidity
}

// ExpiresAt returns the instant at which what was sent at sentAt is over, in UTC and whole seconds: it is valid until,
// not including, ExpiresAt. Days end at 23:59:59 in zone on the day that many days after the local date of sentAt (see
// EndOfDay for clock changes); hours end exactly that long after sentAt, cut to the second. v must be valid.
func (v Validity) ExpiresAt(sentAt time.Time, zone *time.Location) time.Time {
	if v.Hours != 0 {
		return sentAt.Add(time.Duration(v.Hours) * time.Hour).UTC().Truncate(time.Second)
	}
	days := v.Days
	if days == 0 {
		days = DefaultValidityDays
	}
	return EndOfDay(DateOf(sentAt, zone).AddDays(days), zone)
}

// String returns P<d>D or PT<h>H, or "" for the zero value.
func (v Validity) String() string {
	switch {
	case v.IsZero():
		return ""
	case v.Hours != 0:
		return fmt.Sprintf("PT%dH", v.Hours)
	}
	return fmt.Sprintf("P%dD", v.Days)
}

// MarshalText returns the form of String, and an error for what Validate refuses.
func (v Validity) MarshalText() ([]byte, error) {
	if err := v.Validate(); err != nil {
		return nil, err
	}
	return []byte(v.String()), nil
}

// UnmarshalText reads what MarshalText writes: what ParseValidity reads, or "" as the zero value. On an error v is
// unchanged.
func (v *Validity) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*v = Validity{}
		return nil
	}
	parsed, err := ParseValidity(string(text))
	if err != nil {
		return err
	}
	*v = parsed
	return nil
}
