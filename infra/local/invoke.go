package local

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"portero/infra/local/standin/apigateway"
)

// InvokePath is where the gateway takes an event for one function by name, as
// Lambda's own API would. Only a program that knows InvokeHeader is heard: a
// page of another site cannot send it without asking first.
const (
	InvokePath   = "/_local/invoke/"
	InvokeHeader = "X-Portero-Local"
)

// sampleUnique is the unique part of every identifier in the event samples.
const sampleUnique = "01jd0h5m3w8q4v9x2c6k7n1t5z"

// sampleBearer stands in the samples where a signed-in person's token belongs.
const sampleBearer = "of-the-demo-admin"

// serveInvoke answers POST /_local/invoke/<function>. In the samples the demo
// workspace's identifiers take the place of the sample ones.
func (s *System) serveInvoke(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get(InvokeHeader) == "" {
		apigateway.Refuse(w, http.StatusForbidden)
		return
	}
	event, err := io.ReadAll(io.LimitReader(r.Body, apigateway.MaxBytes))
	if err == nil {
		event, err = s.fill(r.Context(), event)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	answer, err := s.invoke(r.Context(), strings.TrimPrefix(r.URL.Path, InvokePath), event)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	_, _ = w.Write(answer)
}

// fill puts the demo workspace into a sample.
func (s *System) fill(ctx context.Context, event []byte) ([]byte, error) {
	raw, err := os.ReadFile(filepath.Join(s.options.Data, "demo.json"))
	if errors.Is(err, os.ErrNotExist) {
		return event, nil
	}
	if err != nil {
		return nil, err
	}
	var d Demo
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, err
	}
	event = bytes.ReplaceAll(event, []byte("ws_"+sampleUnique), []byte(d.Workspace))
	event = bytes.ReplaceAll(event, []byte("por_"+sampleUnique), []byte(d.Portal))
	if !bytes.Contains(event, []byte(sampleBearer)) {
		return event, nil
	}
	token, err := s.signIn(ctx, d)
	if err != nil {
		return nil, err
	}
	return bytes.ReplaceAll(event, []byte(sampleBearer), []byte(token)), nil
}

// signIn signs the demo admin in.
func (s *System) signIn(ctx context.Context, d Demo) (string, error) {
	body, err := json.Marshal(map[string]string{"address": d.Address, "password": DemoPassword})
	if err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL()+"/v1/workspaces/"+d.Workspace+"/sessions", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	var out struct {
		Token string `json:"token"`
	}
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil || out.Token == "" {
		return "", errors.New("the demo admin cannot sign in; was the password changed?")
	}
	return out.Token, nil
}
