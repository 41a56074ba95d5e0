package local

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"portero/infra/local/standin/apigateway"
	"portero/shared/domain/fault"
)

// InvokePath is where the gateway takes an event for one function by name, as
// Lambda's own API would. Only a program that knows InvokeHeader is heard: a
// page of another site cannot send it without asking first.
const (
	InvokePath   = "/_local/invoke/"
	InvokeHeader = "X-Portero-Local"
)

// serveInvoke answers POST /_local/invoke/<function>. What the samples
// name is the demo workspace's (sample.go).
func (s *System) serveInvoke(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get(InvokeHeader) == "" {
		apigateway.Refuse(w, http.StatusForbidden)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, InvokePath)
	event, err := io.ReadAll(io.LimitReader(r.Body, apigateway.MaxBytes))
	if err == nil {
		event, err = s.fill(r.Context(), name, event)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	answer, err := s.invoke(r.Context(), name, event)
	if err != nil {
		http.Error(w, words(err), http.StatusBadGateway)
		return
	}
	_, _ = w.Write(answer)
}

// words are a failure's for people: a fault's own sentence, if it has one.
func words(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Detail + " (" + string(f.Code) + ")"
	}
	return err.Error()
}
