package pages

import "strings"

// Route pairs a URL with the HTML file that answers it.
type Route struct {
	// Pattern is a path such as "/accept", or one whose last segment is a name in braces, such as "/p/{portal}", which
	// stands for exactly one segment that is not empty.
	Pattern string
	File    string // in the root of the built folder; made by Build
	Module  string // what the page runs, below site/
	Styles  []string
	Indexed bool // whether search engines may list it
}

// NotFound is the file that answers a path no route matches, with status 404. It needs no script and is written by hand.
const NotFound = "missing.html"

// AssetPrefix is the path under which the built folder holds everything that is not HTML, below one content hash.
const AssetPrefix = "/assets/"

// The style sheets of pages: every page, those one signs in to, the console.
var (
	plain   = []string{"style.css"}
	inside  = []string{"style.css", "rows.css"}
	console = []string{"style.css", "rows.css", "console.css"}
)

// Routes returns every page there is. Links in mails point at these paths: they are a contract and never change.
func Routes() []Route {
	return []Route{
		{Pattern: "/", File: "index.html", Module: "app/index.js", Styles: plain, Indexed: true},
		{Pattern: "/accept", File: "accept.html", Module: "app/accept.js", Styles: plain},
		{Pattern: "/join", File: "join.html", Module: "app/join.js", Styles: plain},
		{Pattern: "/reset", File: "reset.html", Module: "app/reset.js", Styles: plain},
		{Pattern: "/unsubscribe", File: "stop.html", Module: "app/stop.js", Styles: plain},
		{Pattern: "/p/{portal}", File: "portal.html", Module: "app/portal.js", Styles: inside},
		{Pattern: "/console/{workspace}", File: "console.html", Module: "app/console.js", Styles: console},
	}
}

// Prefix returns the fixed beginning of the pattern and whether one more segment follows it: "/p/", true for
// "/p/{portal}"; "/accept", false for "/accept".
func (r Route) Prefix() (prefix string, open bool) {
	return strings.CutSuffix(r.Pattern, "{"+r.parameter()+"}")
}

// Match says whether path is one of the route's. A trailing slash makes it another path.
func (r Route) Match(path string) bool {
	prefix, open := r.Prefix()
	if !open {
		return path == prefix
	}
	rest, found := strings.CutPrefix(path, prefix)
	return found && rest != "" && !strings.Contains(rest, "/")
}

// File returns the HTML file that answers path, or NotFound and false.
func File(path string) (file string, found bool) {
	for _, route := range Routes() {
		if route.Match(path) {
			return route.File, true
		}
	}
	return NotFound, false
}

func (r Route) parameter() string {
	_, name, _ := strings.Cut(r.Pattern, "{")
	return strings.TrimSuffix(name, "}")
}
