package job

const (
	// maxPartBytes bounds the lines of a part: it is read once by each run that
	// does some of them, 32 units (an item may have 400 KB:
	// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html).
	maxPartBytes = 128 << 10
	// MaxLineBytes bounds one line's text (chosen; a line of everything Portero
	// knows of a contact is below 2 KB).
	MaxLineBytes = 16 << 10
	// MaxFound is how many lines one line may lead to; more are left to a
	// further step (the rest of a transaction, with room for the cursor).
	MaxFound = 500
)

// Pack puts lines into parts, numbered after those that the job has. A line that
// is no step and has no number yet must not be among them.
func Pack(j Job, lines []Line) []Part {
	var all []Part
	room := 0
	for _, l := range lines {
		need := len(l.Text) + 32
		if room < need {
			all = append(all, Part{Workspace: j.Workspace, Job: j.ID, Number: j.Parts + len(all)})
			room = maxPartBytes
		}
		last := &all[len(all)-1]
		last.Lines = append(last.Lines, l)
		room -= need
	}
	return all
}
