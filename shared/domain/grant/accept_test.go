package grant

import (
	"testing"
	"time"
)

func TestAcceptingAGrantTwiceKeepsTheFirstDay(t *testing.T) {
	day := time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)
	g := Grant{}.Accept("idn_1", day)
	if !g.AcceptedBy("idn_1") || g.AcceptedBy("idn_2") || (Grant{Identity: "idn_1"}).AcceptedBy("idn_1") {
		t.Error("accepted by somebody else, or not by them")
	}
	if again := g.Accept("idn_1", day.Add(time.Hour)); !again.AcceptedAt.Equal(day) {
		t.Error("the day moved")
	}
	if moved := g.Accept("idn_2", day.Add(time.Hour)); !moved.AcceptedBy("idn_2") || moved.AcceptedAt.Equal(day) {
		t.Error("a grant that was offered anew is not theirs")
	}
}
