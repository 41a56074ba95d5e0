package simulation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"portero/infra/rehearsal"
)

// weather is how often what goes wrong. Each seed has its own, with some faults
// and not others ("swarm testing", Groce et al., 2012): what always happens
// hides what seldom does.
type weather struct {
	faults map[rehearsal.Fault]float64 // per call
	order  []rehearsal.Fault           // so that drawing does not depend on a map
	hang   float64                     // of those without an answer: how many are waited for
	twice  float64                     // a batch or event comes again
	mixed  float64                     // a batch is out of order
	lost   float64                     // a record or event never comes
	skew   bool                        // functions' clocks are up to ten minutes apart
}

// draw makes a seed's weather; one seed in ten has fine weather.
func draw(r *rand.Rand) weather {
	w := weather{faults: map[rehearsal.Fault]float64{}}
	if r.IntN(10) == 0 {
		return w
	}
	often := func() float64 { return []float64{0.005, 0.02, 0.06}[r.IntN(3)] }
	for _, f := range []rehearsal.Fault{
		rehearsal.Throttle, rehearsal.Before, rehearsal.After, rehearsal.Broken, rehearsal.Conflict, rehearsal.Cut, rehearsal.Kill, killBefore,
	} {
		if r.IntN(2) == 0 {
			w.faults[f] = often()
			w.order = append(w.order, f)
		}
	}
	w.hang, w.twice, w.mixed = r.Float64()/2, 5*often(), 5*often()
	w.skew = r.IntN(3) == 0
	if r.IntN(2) == 0 {
		w.lost = often()
	}
	return w
}

func (w weather) String() string {
	var all []string
	for _, f := range w.order {
		all = append(all, fmt.Sprintf("%s %.3f", f, w.faults[f]))
	}
	return fmt.Sprintf("[%s] hang %.2f twice %.2f mixed %.2f lost %.2f skew %t", strings.Join(all, ", "), w.hang, w.twice, w.mixed, w.lost, w.skew)
}

// skewed is how far a function's clock is from the world's at most (reliability
// D7).
const skewed = 10 * time.Minute

// killBefore cuts the function off at a call that does not happen.
const killBefore rehearsal.Fault = "kill before"

// befalls draws what befalls a call.
func (w weather) befalls(r *rand.Rand, c *call) rehearsal.Fault {
	at := r.Float64()
	for _, f := range w.order {
		if at -= w.faults[f]; at < 0 {
			if f == rehearsal.Conflict && !conflicts(c) {
				return rehearsal.None
			}
			return f
		}
	}
	return rehearsal.None
}

// conflicts reports whether a call can meet another transaction.
func conflicts(c *call) bool {
	switch c.operation {
	case "TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem":
		return true
	}
	return false
}

// How long a call without an answer is waited for: shared/app's call timeout
// and shared/mail's own.
const (
	callTimeout = 3 * time.Second
	mailTimeout = 10 * time.Second
)

var errNoAnswer = errors.New("the connection was closed")

// silence is a call without an answer: a closed connection at once, or one that
// is waited for.
func (s *seed) silence(c *call) reply {
	if s.choose.Float64() < s.weather.hang {
		wait := callTimeout
		if c.service == "ses" {
			wait = mailTimeout
		}
		time.Sleep(wait)
	}
	return reply{err: errNoAnswer}
}

// refusal is an answer in AWS's words.
func refusal(c *call, f rehearsal.Fault) reply {
	status, code := http.StatusBadRequest, "ProvisionedThroughputExceededException"
	more := map[string]any{}
	switch {
	case f == rehearsal.Broken:
		status, code = http.StatusInternalServerError, "InternalServerError"
	case f == rehearsal.Conflict && c.operation == "TransactWriteItems":
		code = "TransactionCanceledException"
		more["CancellationReasons"] = reasons(c.body)
	case f == rehearsal.Conflict:
		code = "TransactionConflictException"
	}
	if c.service == "ses" {
		return mailRefusal(f)
	}
	more["__type"], more["message"] = "com.amazonaws.dynamodb.v20120810#"+code, "simulated"
	body, err := json.Marshal(more)
	if err != nil {
		return reply{err: err}
	}
	return reply{response: response(c, status, http.Header{"Content-Type": {"application/x-amz-json-1.0"}}, body)}
}

// reasons says of the first item that it was in another transaction.
func reasons(body []byte) []map[string]string {
	var sent struct{ TransactItems []json.RawMessage }
	if json.Unmarshal(body, &sent) != nil {
		return nil
	}
	all := make([]map[string]string, len(sent.TransactItems))
	for i := range all {
		all[i] = map[string]string{"Code": "None"}
	}
	if len(all) > 0 {
		all[0] = map[string]string{"Code": "TransactionConflict", "Message": "simulated"}
	}
	return all
}

func mailRefusal(f rehearsal.Fault) reply {
	status, kind, code, message := http.StatusBadRequest, "Sender", "Throttling", "Maximum sending rate exceeded."
	if f == rehearsal.Broken {
		status, kind, code, message = http.StatusServiceUnavailable, "Receiver", "ServiceUnavailable", "simulated"
	}
	body := fmt.Sprintf(`<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>1</RequestId></ErrorResponse>`, kind, code, message)
	return reply{response: response(nil, status, http.Header{"Content-Type": {"text/xml"}}, []byte(body))}
}

func response(c *call, status int, header http.Header, body []byte) *http.Response {
	r := &http.Response{StatusCode: status, Status: http.StatusText(status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body))}
	if c != nil {
		r.Request = c.request
	}
	return r
}
