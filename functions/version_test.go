package functions_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"portero/shared/web/document"
)

// versionFile holds the document's version and the digest of what it is the
// version of: no change of the API goes out under an old version.
const versionFile = "testdata/openapi.version"

// versioned gives the document its version. The first two numbers are
// document.Version, raised by hand; the last one `make golden` raises with every
// change.
func versioned(t testing.TB, doc *huma.OpenAPI) {
	t.Helper()
	doc.Info.Version = document.Version
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(raw)
	digest := hex.EncodeToString(sum[:])
	kept, err := os.ReadFile(versionFile)
	if err != nil && os.Getenv("GOLDEN") != "update" {
		t.Fatalf("%v: run `make golden`", err)
	}
	version, of, _ := strings.Cut(strings.TrimSpace(string(kept)), " ")
	if of != digest {
		version = raised(version)
		if os.Getenv("GOLDEN") != "update" {
			t.Errorf("the API changed and its version did not: run `make golden`, which makes it %s, and review the diff", version)
		} else if err := os.WriteFile(versionFile, []byte(version+" "+digest+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	doc.Info.Version = version
}

// raised is the version after another one.
func raised(version string) string {
	var last int
	if rest, same := strings.CutPrefix(version, document.Version+"."); same {
		if _, err := fmt.Sscanf(rest, "%d", &last); err == nil {
			last++
		}
	}
	return fmt.Sprintf("%s.%d", document.Version, last)
}

func TestTheVersionRisesWithTheAPI(t *testing.T) {
	for version, want := range map[string]string{
		"": document.Version + ".0", document.Version + ".0": document.Version + ".1", document.Version + ".9": document.Version + ".10",
		"0.1.7": document.Version + ".0", document.Version: document.Version + ".0",
	} {
		if got := raised(version); got != want {
			t.Errorf("after %q: %s, want %s", version, got, want)
		}
	}
}
