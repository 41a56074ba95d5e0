package bulk_test

import (
	"strings"
	"testing"

	"portero/shared/testkit"
)

type m = map[string]any

func TestT7AJobInTroubleGoesOnWhenStaffSaySo(t *testing.T) {
	w := testkit.New(t)
	acme := w.Admin.Post(w.Path("/accounts"), m{"name": "Acme"}).OK().String("id")
	w.Admin.Post(w.Path("/contacts"), m{"name": "Rosa", "address": "rosa@client.example", "accounts": []string{acme}}).OK()
	one := w.Admin.Post(w.Path("/jobs"), m{"access": "grant", "accounts": []string{acme}, "portal": w.Portal}).OK().String("id")
	resume := w.Path("/jobs/" + one + "/resume")
	w.Admin.Post(resume, nil).Problem(409, "job_goes_on")

	w.Stick(one)
	w.Settle()
	w.Tick("jobs/advance")
	if r := w.Admin.Get(w.Path("/jobs/" + one)).OK(); r.String("state") != "waiting" || r.String("reason") != "trouble" || r.String("goes_on_at") != "2026-11-23T09:00:00Z" {
		t.Fatalf("%s", r.Body)
	}
	w.Admin.Post(w.Path("/staff/invitations"), m{"address": "luis@firm.example", "level": "member"}).OK()
	w.Settle()
	w.AcceptMailed("luis@firm.example", testkit.Password).Post(resume, nil).Problem(403, "not_allowed")
	w.Anonymous().Post(resume, nil).Problem(401, "sign_in_required")
	w.Admin.Post(w.Path("/jobs/job_01jd0h5m3w8q4v9x2c6k7n1t5z/resume"), nil).Problem(404, "not_found")
	foreign := *w
	foreign.Seed("Other firm", "boss@other.example")
	foreign.Admin.Post(foreign.Path("/jobs/"+one+"/resume"), nil).Problem(404, "not_found")

	again := w.Admin.With("Idempotency-Key", "one")
	for range 2 {
		if r := again.Post(resume, nil).OK(); r.String("state") != "queued" || r.String("reason") != "" {
			t.Fatalf("%s", r.Body)
		}
	}
	w.Settle()
	if r := w.Admin.Get(w.Path("/jobs/" + one)).OK(); r.String("state") != "done" || r.String("counts.granted") != "1" {
		t.Errorf("%s", r.Body)
	}
	w.Admin.Post(resume, nil).Problem(409, "job_goes_on")
	if r := w.Admin.Get(w.Path("/audit?subject=" + one)).OK(); strings.Count(string(r.Body), `"job.resumed"`) != 1 {
		t.Errorf("%s", r.Body)
	}
}
