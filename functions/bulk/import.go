package bulk

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/intake"
	"portero/shared/domain/job"
	"portero/shared/dynamo"
	"portero/shared/web"
)

const (
	// fileMemoryMiB is for a file of 5 MB, its event, its rows and its verdicts
	// (measured: functions/bulk/import_test.go), and a share of a processor.
	fileMemoryMiB = 512
	// partsAtOnce is how many parts are stored at the same time (chosen: four of
	// 128 KB are half of what a partition takes in a second).
	partsAtOnce = 4
)

// fileLimit keeps a script from storing files without end (chosen; no evidence).
var fileLimit = contract.Limit{Requests: 60, Per: time.Hour}

// Import stores a file as a job.
var Import = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "bulk/import", Summary: "Import the contacts of a CSV file, and grant them access or invite them if asked to; a job does the rows.",
		Uses:    contract.Uses{Tables: append([]contract.Access{checking}, storing...)},
		Timeout: dynamo.BulkTimeout, MemoryMiB: fileMemoryMiB,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/imports",
	Auth: contract.Session, Needs: access.ContactManage, BodyMedia: mediaCSV, MaxBodyBytes: intake.MaxBytes,
	Status: http.StatusAccepted, Limit: fileLimit, Faults: fileFaults,
}, importing)

func importing(ctx context.Context, a *app.App, call web.Call, in *Importing) (web.Reply[Job], error) {
	var none web.Reply[Job]
	s, err := in.spec()
	if err != nil {
		return none, err
	}
	l, err := in.read()
	if err != nil {
		return none, err
	}
	one := named(call)
	if err := clerk(a, call, s, one).Check(ctx); err != nil {
		return none, err
	}
	digest := sha256.Sum256(in.Body)
	j := begun(call, one, s)
	j.Digest = digest[:]
	lines := intake.Lines(l.Rows)
	parts := job.Pack(j, lines)
	j = j.With(lines, len(parts))
	j, err = receive(ctx, a, j, parts)
	if err != nil || j.State != job.Receiving {
		return web.Reply[Job]{Body: shown(j)}, err
	}
	j = j.Queue(call.Now)
	var set change.Set
	set.Replace(j)
	set.Insert(entry(call, j, s))
	return web.Reply[Job]{Body: shown(j), Change: set}, nil
}

// named is the identifier of the job that a request makes: under a key the same
// each time, so that a repeat finds what the first run stored.
func named(call web.Call) id.Job {
	if call.Key == "" {
		return id.New[id.Job](call.Now)
	}
	return id.Named[id.Job](string(call.Actor.Workspace), call.Key)
}

// begun is the job of a list, before its lines are known.
func begun(call web.Call, one id.Job, s intake.Spec) job.Job {
	j := job.New(one, call.Actor.Workspace, intake.Kind, call.Now)
	j.Spec, j.Creator, j.CreatorName = s.By(call.Actor).Text(), call.Actor.Identity, call.Identity.Name
	return j
}

// entry is what the trail says of a job's beginning.
func entry(call web.Call, j job.Job, s intake.Spec) audit.Entry {
	e := audit.Of(call.Actor, call.Now, "job.created", string(j.ID))
	e.After = map[string]string{"kind": string(j.Kind), "access": string(s.Access), "lines": strconv.Itoa(j.Lines)}
	for name, value := range map[string]string{"portal": string(s.Portal), "role": string(s.Role)} {
		if value != "" {
			e.After[name] = value
		}
	}
	return e
}

// receive stores a job and its parts. Nothing is done of them before the job is
// queued; what a run that died has stored, its repeat finds, or the clock
// removes. It returns the job as it is there. A write that met another on its way
// stored nothing: it is stale, and the request is run again.
func receive(ctx context.Context, a *app.App, j job.Job, parts []job.Part) (job.Job, error) {
	err := put(ctx, a, j)
	if errors.Is(err, errThere) {
		there, err := a.Store.Job(ctx, j.Workspace, j.ID)
		if err != nil || there.State != job.Receiving {
			return there, err
		}
		if !slices.Equal(there.Digest, j.Digest) || there.Spec != j.Spec {
			return there, errReused
		}
		j = there
	} else if err != nil {
		return j, err
	} else {
		j.Version = 1
	}
	var wait sync.WaitGroup
	errs, free := make([]error, len(parts)), make(chan struct{}, partsAtOnce)
	for n, p := range parts {
		free <- struct{}{}
		wait.Go(func() {
			defer func() { <-free }()
			if errs[n] = put(ctx, a, p); errors.Is(errs[n], errThere) {
				errs[n] = nil // stored by the run before
			}
		})
	}
	wait.Wait()
	return j, errors.Join(errs...)
}

// errThere says that a record is stored already.
var errThere = errors.New("stored before")

// put stores a record, or returns errThere.
func put(ctx context.Context, a *app.App, record any) error {
	var set change.Set
	set.InsertOr(record, errThere)
	return a.Store.Commit(ctx, set)
}

var errReused = fault.New(fault.Invalid, fault.CodeKeyReused, "This Idempotency-Key was used for another request. Use a new key for a new request.")
