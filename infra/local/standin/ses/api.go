package ses

import (
	"crypto/rand"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// maxBody bounds a request: a 10 MB message in base64 and form encoding, with
// room for the rest.
const maxBody = 16 << 20

// apiError is an error as the Query API answers it.
type apiError struct {
	status        int
	code, message string
}

func (e *apiError) Error() string { return e.code + ": " + e.message }

func invalid(format string, args ...any) *apiError {
	return &apiError{400, "InvalidParameterValue", fmt.Sprintf(format, args...)}
}

// api answers one call of the Query API.
func (g *Gate) api(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		refuse(w, errMalformed)
		return
	}
	if !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ") {
		refuse(w, errNoToken)
		return
	}
	action := r.PostForm.Get("Action")
	fault := g.next(action)
	if isDone := misbehave(w, r, fault); isDone {
		return
	}
	switch action {
	case "SendRawEmail":
		g.send(w, r.PostForm, fault == Lose)
	case "GetSendQuota":
		g.quota(w)
	default:
		refuse(w, errAction)
	}
}

// misbehave carries out a fault that keeps the call from being served.
func misbehave(w http.ResponseWriter, r *http.Request, f Fault) (isDone bool) {
	switch f {
	case Refuse:
		refuse(w, errRejected)
	case Throttle:
		refuse(w, errRate)
	case Fail:
		refuse(w, errUnavailable)
	case Hang:
		<-r.Context().Done()
		cut()
	case Cut:
		cut()
	default:
		return false
	}
	return true
}

// cut ends the connection without an answer, in the way that net/http has for it.
func cut() { panic(http.ErrAbortHandler) }

func (g *Gate) quota(w http.ResponseWriter) {
	g.mu.Lock()
	_, sent := g.limits.since(g.now())
	q := g.limits.quota
	g.mu.Unlock()
	rate, daily := q.PerSecond, q.PerDay
	if rate == 0 {
		rate = rateReported
	}
	if daily == 0 {
		daily = dailyUnlimited
	}
	answer(w, "GetSendQuota", struct {
		Max24HourSend   float64
		MaxSendRate     float64
		SentLast24Hours float64
	}{float64(daily), float64(rate), float64(sent)})
}

// answer writes <ActionResponse><ActionResult>…</ActionResult>…</ActionResponse>.
func answer(w http.ResponseWriter, action string, result any) {
	writeXML(w, http.StatusOK, action+"Response", func(e *xml.Encoder) error {
		if err := e.EncodeElement(result, element(action+"Result")); err != nil {
			return err
		}
		return e.EncodeElement(struct{ RequestId string }{rand.Text()}, element("ResponseMetadata"))
	})
}

func refuse(w http.ResponseWriter, err *apiError) {
	kind := "Sender"
	if err.status >= 500 {
		kind = "Receiver"
	}
	writeXML(w, err.status, "ErrorResponse", func(e *xml.Encoder) error {
		body := struct{ Type, Code, Message string }{kind, err.code, err.message}
		if err := e.EncodeElement(body, element("Error")); err != nil {
			return err
		}
		return e.EncodeElement(rand.Text(), element("RequestId"))
	})
}

func element(name string) xml.StartElement { return xml.StartElement{Name: xml.Name{Local: name}} }

func writeXML(w http.ResponseWriter, status int, root string, body func(*xml.Encoder) error) {
	start := element(root)
	start.Attr = []xml.Attr{{Name: xml.Name{Local: "xmlns"}, Value: "http://ses.amazonaws.com/doc/2010-12-01/"}}
	var b strings.Builder
	e := xml.NewEncoder(&b)
	for _, step := range []func() error{
		func() error { return e.EncodeToken(start) },
		func() error { return body(e) },
		func() error { return e.EncodeToken(start.End()) },
		e.Flush,
	} {
		if err := step(); err != nil { // cannot be: the elements are ours
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
	}
	w.Header().Set("Content-Type", "text/xml")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(status)
	_, _ = io.WriteString(w, b.String())
}
