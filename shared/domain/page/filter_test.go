package page_test

import (
	"testing"

	"portero/shared/domain/fault"
	"portero/shared/domain/page"
)

func TestOneFilterAtATime(t *testing.T) {
	for _, c := range []struct{ says, name, address, account, field string }{
		{says: "none"},
		{says: "the first", name: "eva"},
		{says: "the last", account: "acc_x"},
		{says: "two", name: "eva", account: "acc_x", field: "account"},
		{says: "all", name: "eva", address: "e", account: "acc_x", field: "address"},
	} {
		err := page.One(page.Filter{Name: "name", Value: c.name}, page.Filter{Name: "address", Value: c.address}, page.Filter{Name: "account", Value: c.account})
		f := fault.As(err)
		if (f == nil) != (c.field == "") || f != nil && (f.Code != page.CodeTogether || f.Fields[0].Name != c.field) {
			t.Errorf("%s: %v", c.says, err)
		}
	}
}
