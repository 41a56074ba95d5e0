package simulation

import (
	"github.com/aws/aws-lambda-go/events"

	"portero/shared/app"
	"portero/shared/domain/job"
	"portero/shared/dynamo/schema"
)

// Work is what became of the jobs of one kind.
type Work struct {
	Begun int // that were stored
	Cut   int // runs that left one in the midst: the function was cut off, or what it called did not answer
	Done  int
}

// work is a job as the stream last told of it.
type work struct {
	kind, holder string
	state        job.State
	cut          string // the holder that left it last
}

// worked takes what the core table's stream says of a job.
func (s *seed) worked(r events.DynamoDBEventRecord) {
	is := r.Change.NewImage
	if app.Word(is, schema.KindAttr) != string(schema.Job) || app.Word(is, schema.SK) != "@" || app.Word(is, "state") == "" {
		return
	}
	one := app.Word(is, "id")
	if s.works == nil {
		s.works = map[string]*work{}
	}
	w, known := s.works[one]
	if !known {
		w = &work{kind: app.Word(is, "kind_of")}
		s.works[one] = w
		s.count(w, Work{Begun: 1})
	}
	was := w.state
	w.holder, w.state = app.Word(is, "holder"), job.State(app.Word(is, "state"))
	if w.state == job.Done && was != job.Done {
		s.count(w, Work{Done: 1})
	}
}

// left counts the jobs that are somebody's though nobody runs.
func (s *seed) left() {
	for _, w := range s.works {
		if w.state == job.Running && w.cut != w.holder {
			w.cut = w.holder
			s.count(w, Work{Cut: 1})
		}
	}
}

func (s *seed) count(w *work, more Work) {
	s.outcome.Jobs[w.kind] = s.outcome.Jobs[w.kind].Plus(more)
}

// Plus is both together.
func (w Work) Plus(o Work) Work { return Work{w.Begun + o.Begun, w.Cut + o.Cut, w.Done + o.Done} }
