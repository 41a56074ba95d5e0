package web

import (
	"encoding/json"
	"math"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"portero/shared/domain/fault"
)

// statuses is the one table that pairs kinds of fault with HTTP statuses.
var statuses = map[fault.Kind]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Malformed:       http.StatusBadRequest,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Gone:            http.StatusGone,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.Unsupported:     http.StatusUnsupportedMediaType,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

// Problem is an RFC 9457 problem document.
type Problem struct {
	Type      string        `json:"type" doc:"Always about:blank; the code says what happened."`
	Title     string        `json:"title" doc:"The HTTP status in words."`
	Status    int           `json:"status"`
	Code      fault.Code    `json:"code" doc:"A stable name to act on."`
	Detail    string        `json:"detail" doc:"A sentence for people: what happened and what to do next."`
	Errors    []fault.Field `json:"errors,omitempty" doc:"The fields at fault."`
	RequestID string        `json:"request_id,omitempty" doc:"Tell this to whoever runs the service."`
	retry     int
}

// ContentType is RFC 9457's.
func (Problem) ContentType(string) string { return "application/problem+json" }

// Error makes a Problem an error for huma.
func (p Problem) Error() string { return string(p.Code) }

// GetStatus is asked by huma.
func (p Problem) GetStatus() int { return p.Status }

// internalDetail is the one sentence about faults of ours.
const internalDetail = "Something went wrong on our side. Nothing was changed, or it was changed completely. Try again; if it stays, tell the firm the request id."

// problemOf renders any error: a fault as what it says, everything else as 500
// with a constant sentence.
func problemOf(err error) Problem {
	f := fault.As(err)
	if f == nil || f.Kind == fault.Internal {
		f = fault.New(fault.Internal, fault.CodeInternal, internalDetail)
	}
	status := statuses[f.Kind]
	return Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Code: f.Code, Detail: f.Detail, Errors: f.Fields, retry: int(math.Ceil(f.RetryAfter.Seconds())),
	}
}

func (p Problem) encode() []byte {
	body, err := json.Marshal(p)
	if err != nil { // strings and numbers only
		panic(err)
	}
	return body
}

// validationFault turns what huma found into one fault with the fields' names.
func validationFault(status int, errs []error) *fault.Error {
	f := fault.New(fault.Invalid, fault.CodeInvalid, "Some values are not acceptable. See each field's detail.")
	switch status {
	case http.StatusBadRequest:
		f = fault.New(fault.Malformed, fault.CodeMalformed, "The request cannot be read. Send JSON as the API's document describes it.")
	case http.StatusRequestEntityTooLarge:
		f = fault.New(fault.TooLarge, fault.CodeTooLarge, "The request is too large. Send less at once.")
	case http.StatusUnsupportedMediaType:
		return errMediaType
	}
	for _, err := range errs {
		detail, ok := err.(huma.ErrorDetailer)
		if !ok {
			continue
		}
		d := detail.ErrorDetail()
		f.Fields = append(f.Fields, fault.Field{Name: fieldName(d.Location), Code: fault.CodeInvalid, Detail: sentence(d.Message)})
	}
	return f
}

// fieldName drops where a field stands: "body.lines[3].address" is
// "lines[3].address" to its sender.
func fieldName(location string) string {
	for _, where := range []string{"body.", "query.", "path.", "header."} {
		if rest, ok := strings.CutPrefix(location, where); ok {
			return rest
		}
	}
	return location
}

func sentence(s string) string {
	if s == "" {
		return s
	}
	s = strings.ToUpper(s[:1]) + s[1:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

var errMediaType = fault.New(fault.Unsupported, "media_type_unsupported", "Send the body as application/json.")
