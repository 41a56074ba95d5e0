package simulation

import (
	"fmt"
	"net/http"
	"slices"
)

// What people ask for that a job does. A kind of job that none of these begins is
// found missing (simulation_test.go).

// beginJob has everybody of an account granted access, or invited.
func (s *seed) beginJob() *ask {
	if len(s.accounts) == 0 {
		return nil
	}
	return s.desk("begin a job", http.MethodPost, "/jobs", map[string]any{
		"access": []string{"grant", "invite"}[s.choose.IntN(2)], "accounts": []string{s.anyOf(s.accounts)}, "portal": s.portal})
}

// deleteRole deletes a role, its people moved to another.
func (s *seed) deleteRole() *ask {
	one, to := s.anyOf(s.roles), s.anyOf(s.roles)
	if one == to {
		return nil
	}
	a := s.desk("delete a role", http.MethodPost, "/roles/"+one+"/delete", map[string]any{"move_to": to})
	return a.and(func(got answer) {
		if got.ok() && got.text("moved_to") != "" {
			s.roles = slices.DeleteFunc(slices.Clone(s.roles), func(r string) bool { return r == one })
		}
	})
}

// sendAway has a colleague leave the staff.
func (s *seed) sendAway() *ask {
	p := s.people[1+s.choose.IntN(2)]
	if p.identity == "" {
		return nil
	}
	return s.desk("send a colleague away", http.MethodPatch, "/staff/"+p.identity, map[string]any{"level": "none"})
}

// addTestClient makes one, with an address that is nobody's.
func (s *seed) addTestClient() *ask {
	a := s.desk("add a test client", http.MethodPost, "/contacts", map[string]any{"name": "Prueba", "address": fmt.Sprintf("try%d@client.example", s.asks), "test": true})
	return a.and(func(got answer) {
		if v := got.text("id"); got.ok() && got.at("test") == true {
			s.tests = append(s.tests, v)
		}
	})
}

func (s *seed) removeTestClient() *ask {
	one := s.anyOf(s.tests)
	if one == "" {
		return nil
	}
	return s.desk("remove a test client", http.MethodDelete, "/contacts/"+one, nil)
}
