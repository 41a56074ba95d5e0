package ses

import (
	"encoding/json"
	"net/http"
)

// list answers GET /messages, which takes the recipient as ?to=.
func (g *Gate) list(w http.ResponseWriter, r *http.Request) {
	found, err := g.Messages(Filter{To: r.URL.Query().Get("to")})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(struct{ Messages []Mail }{append([]Mail{}, found...)}) // [] rather than null
}

// raw answers GET /messages/{id}/raw with the message as it was sent.
func (g *Gate) raw(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	m, isKept := g.byID[r.PathValue("id")]
	g.mu.Unlock()
	if !isKept {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "message/rfc822")
	_, _ = w.Write(m.Raw)
}
