package shared_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "portero/"

// nouns stand in their declared order: each imports only those before it.
var nouns = []string{
	"fault", "id", "access", "change", "job", "page", "search", "limit", "idempotency", "localtime", "email", "password", "factor", "link",
	"audit", "role", "account", "contact", "portal", "message", "look", "workspace", "mailbox", "grant", "seat", "standing", "identity", "session", "apikey",
	"verification", "invitation", "joinlink", "directory", "intake",
}

// rule says what a package may import of ours. A pattern ends in /... for a
// whole room. The first rule that matches a package holds; a package without a
// rule fails, so a new room needs a decision.
var rules = []struct {
	pkg string
	may []string
}{
	{"shared/contract", []string{"shared/domain/access", "shared/domain/fault", "shared/dynamo/schema"}},
	{"shared/dynamo/schema", nil},
	{"shared/dynamo", []string{"shared/domain/...", "shared/dynamo/schema"}},
	{"shared/mail", []string{"shared/domain/..."}},
	{"shared/web", []string{"shared/domain/...", "shared/contract"}},
	{"shared/web/document", []string{"shared/domain/...", "shared/contract", "shared/web"}},
	{"shared/app", []string{"shared/domain/...", "shared/contract", "shared/dynamo/...", "shared/mail", "shared/web"}},
	{"shared/testkit/...", []string{"shared/...", "infra/local/...", "infra/rehearsal", "infra/rehearsal/invariant"}}, // for tests only
	{"shared", nil},
	{"functions/bootstrap", []string{"functions", "shared/app"}},
	{"functions/pages/build", []string{"functions/pages", "functions/document"}},
	{"functions/document", nil},
	{"functions/pages", nil},
	{"functions", []string{"functions/...", "shared/app", "shared/contract"}},
	{"functions/...", []string{"shared/app", "shared/contract", "shared/domain/...", "shared/dynamo/...", "shared/web"}},
	{"infra/local/standin/...", []string{"infra/local/standin/...", "shared/testkit/dynoxide/..."}},
	{"infra/local/...", []string{"functions/...", "infra/local/...", "shared/...", "shared/testkit/..."}},
	{"infra/rehearsal/template", nil},
	{"infra/rehearsal/policy", nil},
	{"infra/rehearsal/lambda", nil},
	{"infra/rehearsal/...", []string{"functions/...", "infra/local/...", "infra/rehearsal/...", "shared/..."}},
	{"infra/constructs", []string{"shared/contract", "shared/dynamo/schema"}},
	{"infra/stacks", []string{"infra/constructs", "shared/contract", "shared/dynamo/schema"}},
	{"infra", []string{"functions/...", "infra/stacks", "infra/constructs", "shared/contract", "shared/dynamo/schema"}},
}

func matches(pattern, pkg string) bool {
	if room, ok := strings.CutSuffix(pattern, "/..."); ok {
		return pkg == room || strings.HasPrefix(pkg, room+"/")
	}
	return pattern == pkg
}

type listed struct {
	ImportPath, Dir      string
	Imports, TestImports []string
	GoFiles              []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,Imports,TestImports,GoFiles", "../...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestEveryPackageImportsOnlyWhatItsRoomMay(t *testing.T) {
	for _, p := range packages(t) {
		pkg := strings.TrimPrefix(p.ImportPath, module)
		may, known := allowed(pkg)
		if !known {
			t.Errorf("%s: no rule for this package", pkg)
			continue
		}
		for _, imported := range p.Imports {
			dep, ours := strings.CutPrefix(imported, module)
			if ours && !slices.ContainsFunc(may, func(pattern string) bool { return matches(pattern, dep) }) {
				t.Errorf("%s → %s: its rule allows %v", pkg, dep, may)
			}
		}
	}
}

func allowed(pkg string) (may []string, known bool) {
	if rest, ok := strings.CutPrefix(pkg, "shared/domain/"); ok {
		noun, _, nested := strings.Cut(rest, "/")
		at := slices.Index(nouns, noun)
		if at < 0 {
			return nil, false
		}
		for _, earlier := range nouns[:at] {
			may = append(may, "shared/domain/"+earlier)
		}
		if nested {
			may = append(may, "shared/domain/"+noun)
		}
		return may, true
	}
	for _, r := range rules {
		if matches(r.pkg, pkg) {
			return r.may, true
		}
	}
	return nil, false
}

// bans are calls that belong to certain rooms only.
var bans = []struct {
	call string // "package.Name" as written
	only []string
	why  string
}{
	{"os.Getenv", []string{"shared/app", "functions/bootstrap", "infra/...", "shared/testkit/..."}, "settings are read in app"},
	{"time.Now", []string{"shared/app", "infra/...", "shared/testkit/..."}, "time comes in as a value"},
	{"time.Sleep", []string{"infra/rehearsal/simulation"}, "nothing sleeps; in the simulation time is its own"},
	{"http.DefaultClient", []string{"infra/...", "shared/testkit/..."}, "it has no timeout"},
	{"context.Background", []string{"functions/bootstrap", "functions/pages/build", "infra/...", "shared/testkit/..."}, "a context comes in"},
	{"log.Printf", nil, "use slog"}, {"log.Println", nil, "use slog"}, {"log.Fatal", nil, "return an error"},
}

func TestEveryBannedCallStandsInItsRoomOnly(t *testing.T) {
	for _, p := range packages(t) {
		pkg := strings.TrimPrefix(p.ImportPath, module)
		for _, name := range p.GoFiles {
			file := filepath.Join(p.Dir, name)
			tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				x, ok := s.X.(*ast.Ident)
				if !ok {
					return true
				}
				for _, b := range bans {
					if b.call == x.Name+"."+s.Sel.Name && !slices.ContainsFunc(b.only, func(r string) bool { return matches(r, pkg) }) {
						t.Errorf("%s/%s calls %s: %s", pkg, name, b.call, b.why)
					}
				}
				return true
			})
		}
	}
}

func TestEveryPackageHasItsDoc(t *testing.T) {
	for _, p := range packages(t) {
		if len(p.GoFiles) == 0 || slices.Contains(p.GoFiles, "main.go") {
			continue
		}
		if !slices.Contains(p.GoFiles, "doc.go") {
			t.Errorf("%s has no doc.go", p.ImportPath)
		}
	}
}

func TestTheTopOfTheTreeHoldsExactlyItsRooms(t *testing.T) {
	out, err := exec.Command("git", "-C", "..", "ls-files").Output()
	if err != nil {
		t.Fatal(err)
	}
	top := []string{"LICENSE", "Makefile", "README.md", "cdk.json", "events", "functions", "go.mod", "go.sum", "infra", "shared"}
	seen := map[string]bool{}
	for _, file := range strings.Fields(string(out)) {
		name, _, _ := strings.Cut(file, "/")
		if strings.HasPrefix(name, ".") || seen[name] {
			continue
		}
		seen[name] = true
		if !slices.Contains(top, name) {
			t.Errorf("%s does not belong at the top of the tree", name)
		}
	}
	for _, name := range top {
		if _, err := os.Stat(filepath.Join("..", name)); err != nil {
			t.Errorf("%s is missing at the top of the tree", name)
		}
	}
}

func TestTestkitIsImportedByTestsOnly(t *testing.T) {
	for _, p := range packages(t) {
		pkg := strings.TrimPrefix(p.ImportPath, module)
		if strings.HasPrefix(pkg, "shared/testkit") || strings.HasPrefix(pkg, "infra/") {
			continue
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, module+"shared/testkit") || strings.HasPrefix(imported, module+"infra/local") {
				t.Errorf("%s imports %s", pkg, imported)
			}
		}
	}
}
