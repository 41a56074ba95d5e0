package child_test

import (
	"testing"

	"portero/shared/testkit/dynoxide/child"
)

func TestParentThatDiesTakesItsChildAlong(t *testing.T) {
	l := listen(t)
	c := role("parent")
	c.Env = append(c.Env, "CHILD_ADDRESS="+l.Addr().String())
	p, err := child.Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	wasCut(t, l)
	<-p.Done()
}
