package testkit

// LiftCaps lets the seeded workspace send as much as a test needs.
func (w *World) LiftCaps() {
	w.T.Helper()
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"daily_mails": 1_000_000, "first_week_mails": 1_000_000}}).OK()
}

// Count is how many entries a list has, over all its pages; path may have a
// query.
func (w *World) Count(path string) int {
	w.T.Helper()
	mark := "?"
	for _, c := range path {
		if c == '?' {
			mark = "&"
		}
	}
	n, next := 0, ""
	for {
		asked := path
		if next != "" {
			asked += mark + "cursor=" + next
		}
		r := w.Admin.Get(asked).OK()
		n += r.Len("items")
		if next = r.String("next"); next == "" {
			return n
		}
	}
}
