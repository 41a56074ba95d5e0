package local

import (
	"net/http"

	"portero/functions/document"
	"portero/infra/local/standin/apigateway"
	"portero/shared/contract"
)

// newGateway routes requests to functions as API Gateway would: every endpoint
// has its route. pages serves what no route takes.
func newGateway(rows []contract.Row, invoke func(name string) http.HandlerFunc, pages http.Handler) *http.ServeMux {
	mux := http.NewServeMux()
	for _, row := range rows {
		if e, ok := row.(contract.Endpoint); ok {
			mux.HandleFunc(e.Method+" "+e.Path, invoke(e.Name))
		}
	}
	mux.HandleFunc("GET /v1/openapi.json", func(w http.ResponseWriter, _ *http.Request) { // a file, as behind CloudFront
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(document.OpenAPI)
	})
	mux.HandleFunc("/v1/", func(w http.ResponseWriter, _ *http.Request) { apigateway.Refuse(w, http.StatusNotFound) })
	mux.Handle("/", pages)
	return mux
}
