package testkit

import (
	"context"

	"portero/infra/local"
	"portero/shared/domain/change"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/dynamo"
)

// Stick leaves a job in trouble, as it is after many runs that could not go on: the
// clock comes to it in an hour.
func (w *World) Stick(one string) {
	w.T.Helper()
	store := dynamo.Store{Client: local.DatabaseClient(w.System.Database()), Tables: w.System.Tables()}
	j, err := store.Job(context.Background(), id.Workspace(w.Workspace), id.Job(one))
	if err == nil {
		var set change.Set
		j.Troubles = 9
		set.Replace(j.Trouble(job.ReasonTrouble, w.Now()))
		err = store.Commit(context.Background(), set)
	}
	if err != nil {
		w.T.Fatal(err)
	}
}
