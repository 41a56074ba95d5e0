package contact_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"portero/shared/domain/contact"
	"portero/shared/domain/id"
)

func TestAContactBelongsToEachAccountOnce(t *testing.T) {
	c, err := contact.Contact{}.At([]id.Account{"acc_b", "acc_a", "acc_b"})
	if err != nil || len(c.Accounts) != 2 || !c.Belongs("acc_a") || !c.Belongs("acc_b") || c.Belongs("acc_c") {
		t.Fatalf("%v %v", c.Accounts, err)
	}
	var many []id.Account
	for i := range contact.MaxAccounts + 1 {
		many = append(many, id.Account(fmt.Sprintf("acc_%d", i)))
	}
	if _, err := c.At(many); !errors.Is(err, contact.ErrAccounts) {
		t.Fatal(err)
	}
	if _, err := c.At(many[1:]); err != nil {
		t.Fatal(err)
	}
}

func TestWhereAnAddressComesFrom(t *testing.T) {
	for source, ok := range map[string]bool{"": true, "Fair in Jerez, 2026": true, strings.Repeat("ñ", 200): true, strings.Repeat("ñ", 201): false, "two\nlines": false, "\xff": false} {
		if got := contact.CheckSource(source) == nil; got != ok {
			t.Errorf("%.20q: accepted %v", source, got)
		}
	}
}
