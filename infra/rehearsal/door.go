package rehearsal

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"

	"portero/infra/local/standin/apigateway"
	"portero/infra/rehearsal/lambda"
)

// open starts the one origin: CloudFront and the HTTP API behind it, by the
// templates' routes.
func (s *System) open() (err error) {
	defer func() { // net/http panics on routes that contradict each other
		if r := recover(); r != nil {
			err = fmt.Errorf("the templates' routes contradict each other: %v", r)
		}
	}()
	mux := http.NewServeMux()
	for _, r := range s.plan.routes {
		mux.HandleFunc(r.Key, s.serve(r))
	}
	mux.HandleFunc("/v1/", func(w http.ResponseWriter, _ *http.Request) { apigateway.Refuse(w, http.StatusNotFound) })
	mux.Handle("/v1/openapi.json", s.options.Pages) // a file of the site, as CloudFront's behaviours have it
	mux.Handle("/", s.options.Pages)
	certificate, err := identity()
	if err != nil {
		return err
	}
	s.server = httptest.NewUnstartedServer(mux)
	if err := s.server.Listener.Close(); err != nil { // httptest's own choice
		return err
	}
	s.server.Listener = s.listener
	s.server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	s.server.StartTLS()
	return nil
}

// serve answers a route by its function. What CloudFront adds is added here: the
// origin secret of the templates, and the viewer's address in place of whatever
// the viewer says it is.
func (s *System) serve(r route) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		host, _, err := net.SplitHostPort(req.RemoteAddr)
		if err != nil {
			host = req.RemoteAddr
		}
		req.Header.Set(viewerHeader, host)
		for name, value := range s.plan.edge.headers {
			req.Header.Set(name, value)
		}
		event, refused := apigateway.Event(req, r.Key, s.options.Now())
		if refused != 0 {
			apigateway.Refuse(w, refused)
			return
		}
		payload, err := json.Marshal(event)
		if err != nil {
			apigateway.Refuse(w, http.StatusInternalServerError)
			return
		}
		answer, err := s.host.Invoke(req.Context(), r.function, payload)
		var failed *lambda.FunctionError
		switch {
		case errors.As(err, &failed): // the HTTP API says no more than this
			s.options.Log.Error("function failed", "fn", r.function, "cause", err.Error())
			apigateway.Refuse(w, http.StatusInternalServerError)
		case err != nil:
			if req.Context().Err() == nil {
				s.note("%s: %v", r.function, err)
			}
			apigateway.Refuse(w, http.StatusServiceUnavailable)
		default:
			apigateway.Answer(w, answer)
		}
	}
}

// viewerHeader is what CloudFront's own function overwrites (design.md §8); its
// code is tested by infra/stacks, not run here.
const viewerHeader = "X-Portero-Viewer"

// identity is a certificate for localhost that this process alone trusts.
var identity = sync.OnceValues(func() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	now := time.Now()
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, err
	}
	leaf, err := x509.ParseCertificate(der)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, err
})

// Client asks this process's systems, whose certificate nobody else trusts.
var Client = sync.OnceValue(func() *http.Client {
	trusted := x509.NewCertPool()
	if c, err := identity(); err == nil {
		trusted.AddCert(c.Leaf)
	}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}, MaxIdleConnsPerHost: 64}}
})
