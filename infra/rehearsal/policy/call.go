package policy

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Call is one use of one resource by one request: a transaction or batch gives
// several, all of which must be allowed.
type Call struct {
	Action   string              // "dynamodb:PutItem"
	Resource string              // ARN
	Context  map[string][]string // condition keys that this call has, with their values
}

// Place is where requests go to: what their ARNs and keys need beside their own
// words.
type Place struct {
	Partition, Region, Account string
	// Keys names the partition key's attribute of every table ("core") and
	// index ("core/list"). A call on a table that is not in it is an error.
	Keys map[string]string
	// Identities are the SES identities that are verified: domains and
	// addresses. The most specific one that fits an address is asked for; an
	// address that none fits counts as its domain.
	Identities []string
}

func (p Place) arn(service, resource string) string {
	return "arn:" + p.Partition + ":" + service + ":" + p.Region + ":" + p.Account + ":" + resource
}

// request is a request with all that the functions of the table's rows look at.
type request struct {
	place  Place
	action string // of the row
	http   *http.Request
	body   []byte
}

// Calls works out what a signed request to a service asks for: at least one
// call. The service is the one that the request is signed for ("dynamodb",
// "ses", "sqs", "lambda", "logs"). An operation that is not in the table, and a
// body that does not say what it uses, is an error that names the operation.
func Calls(place Place, service string, r *http.Request, body []byte) ([]Call, error) {
	row, err := rowOf(service, r, body)
	if err != nil {
		return nil, err
	}
	all, err := row.uses(request{place, row.action, r, body})
	if err == nil && len(all) == 0 {
		err = errors.New("uses nothing")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", row.operation(), err)
	}
	for i := range all {
		all[i].keep(keysOf(all[i].Action))
	}
	return all, nil
}

// OperationOf names a request's operation as the table has it
// ("dynamodb:TransactWriteItems"); an operation that is not in the table is an
// error.
func OperationOf(service string, r *http.Request, body []byte) (string, error) {
	row, err := rowOf(service, r, body)
	if err != nil {
		return "", err
	}
	return row.operation(), nil
}

func rowOf(service string, r *http.Request, body []byte) (row, error) {
	wire := wireName(service, r, body)
	for _, one := range rows {
		if one.service == service && one.wire != "" && one.wire == wire {
			if one.uses == nil {
				return row{}, fmt.Errorf("%s: refused: %s", one.operation(), one.note)
			}
			return one, nil
		}
	}
	return row{}, fmt.Errorf("%s: operation %q is not in the table of calls", service, wire)
}

// keep drops the condition keys that the call's action does not have.
func (c *Call) keep(keys []string) {
	for key, values := range c.Context {
		if len(values) == 0 || !slices.Contains(keys, key) {
			delete(c.Context, key)
		}
	}
}

// wireName is what a request calls its operation: the target of the JSON
// protocols, the action of the Query protocol, "Invoke" by the path of Lambda's
// REST API.
func wireName(service string, r *http.Request, body []byte) string {
	switch service {
	case "ses":
		return formOf(body).Get("Action")
	case "lambda":
		if _, ok := invoked(r); ok {
			return "Invoke"
		}
		return r.Method + " " + r.URL.Path
	}
	return strings.TrimSpace(r.Header.Get("X-Amz-Target"))
}
