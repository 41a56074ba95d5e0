package web

import (
	"encoding/json"
	"math"
	"net/http"
	"strings"

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
	Type        string        `json:"type" doc:"Always about:blank; the code says what happened."`
	Title       string        `json:"title" doc:"The HTTP status in words."`
	Status      int           `json:"status"`
	Code        fault.Code    `json:"code" doc:"A stable name to act on."`
	Detail      string        `json:"detail" doc:"A sentence for people: what happened and what to do next."`
	Errors      []fault.Field `json:"errors,omitempty" doc:"The fields at fault."`
	TriesLeft   int           `json:"tries_left,omitempty" doc:"Of code_wrong: how often it may still be tried."`
	Suggestions []string      `json:"suggestions,omitempty" doc:"Of portal_name_taken: names that are free."`
	RequestID   string        `json:"request_id,omitempty" doc:"Tell this to whoever runs the service."`
	retry       int
}

// ProblemMedia is the media type of a problem (RFC 9457 §3).
const ProblemMedia = "application/problem+json"

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
		Code: f.Code, Detail: f.Detail, Errors: f.Fields, TriesLeft: f.TriesLeft, Suggestions: f.Suggestions, retry: int(math.Ceil(f.RetryAfter.Seconds())),
	}
}

func (p Problem) encode() []byte {
	body, err := json.Marshal(p)
	if err != nil { // strings and numbers only
		panic(err)
	}
	return body
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
