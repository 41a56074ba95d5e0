package mail

import "strings"

// plain sets a mail as plain text. Lines are as long as their paragraphs: the
// mail program breaks them.
func plain(said letterhead) string {
	var b strings.Builder
	write := func(parts ...string) {
		for _, p := range parts {
			b.WriteString(p)
		}
	}
	write(said.Heading, "\n\n", said.Greeting, "\n")
	for _, p := range said.Before {
		write("\n", p, "\n")
	}
	if len(said.Note) > 0 {
		write("\n", said.Quote, "\n")
		for _, l := range said.Note {
			write(">", around(" ", l, ""), "\n")
		}
	}
	if len(said.Code) > 0 {
		write("\n    ", strings.Join(said.Code, " "), "\n")
	}
	if said.Link != "" {
		write("\n", said.Action, ":\n", said.Link, "\n")
	}
	write(around("\n", said.Deadline, "\n"))
	for _, p := range said.After {
		write("\n", p, "\n")
	}
	write("\n--\n") // not "-- ", which cuts the rest in some programs
	for _, l := range said.Legal {
		write(l, "\n")
	}
	if len(said.Legal) > 0 {
		write("\n")
	}
	write(said.Footer, "\n")
	if said.StopLabel != "" {
		write("\n", said.StopLabel, ":\n", said.StopLink, "\n")
	}
	if said.Notice != "" {
		write("\n", said.NoticeLabel, ":\n", said.Notice, "\n")
	}
	return b.String()
}
