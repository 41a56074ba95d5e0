package message_test

import (
	"fmt"
	"testing"
	"time"

	"portero/shared/domain/message"
)

func TestNotesFoldIntoOneThatCountsAllAndNamesTen(t *testing.T) {
	now := time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)
	note := func(k message.Kind, n int) message.Note {
		m := message.Message{Kind: k}
		m.Model.Subject = fmt.Sprintf("p%d@client.example", n)
		return m.Note("idn_1", now)
	}
	first := note(message.Bounce, 0)
	var others []message.Note
	for n := range 12 {
		others = append(others, note(message.Accepted, n))
	}
	got := first.Fold(others...).Fold(note(message.Accepted, 99))
	if len(got.About) != 2 || got.About[0].Kind != message.Accepted || got.About[0].Count != 13 || len(got.About[0].First) != 10 ||
		got.About[0].First[9] != "p9@client.example" || got.About[1].Count != 1 {
		t.Errorf("%+v", got.About)
	}
	if len(first.About) != 1 || first.About[0].Count != 1 {
		t.Error("the first was changed in place")
	}
}
