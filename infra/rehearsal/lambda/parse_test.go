package lambda

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAPostedErrorIsReadWhateverItsForm(t *testing.T) {
	for name, c := range map[string]struct {
		body, header string
		want         FunctionError
	}{
		"frames of the Go client": {`{"errorMessage":"m","errorType":"T","stackTrace":[{"path":"a.go","line":3,"label":"f"}]}`, "",
			FunctionError{"T", "m", []Frame{{"a.go", 3, "f"}}}},
		"frames that are strings": {`{"errorMessage":"m","errorType":"T","stackTrace":["at f",1]}`, "",
			FunctionError{"T", "m", []Frame{{Label: "at f"}}}},
		"the type in the header only":   {`{"errorMessage":"m"}`, "H", FunctionError{"H", "m", nil}},
		"a body that is not JSON":       {"broken", "H", FunctionError{"H", "broken", nil}},
		"nothing at all has still type": {"", "", FunctionError{"Runtime.Unknown", "", nil}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(&c.want, parseFailure([]byte(c.body), c.header)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzAPostedErrorAlwaysHasAType(f *testing.F) {
	f.Add([]byte(`{"errorMessage":"m","errorType":"T","stackTrace":[{"path":"a.go","line":3},"at f",{}]}`), "")
	f.Add([]byte(`[`), "Header")
	f.Fuzz(func(t *testing.T, body []byte, header string) {
		if parseFailure(body, header).Type == "" {
			t.Error("it has no type")
		}
	})
}

func TestThePeakIsReadFromTheKernelsStatus(t *testing.T) {
	for name, c := range map[string]struct {
		status string
		want   int64
		fails  string
	}{
		"a size":         {"Name:\tx\nVmHWM:\t    1234 kB\nVmRSS: 1 kB\n", 1234 * 1024, ""},
		"a zombie's":     {"Name:\tx\nState:\tZ (zombie)\n", 0, "no VmHWM"},
		"another unit":   {"VmHWM: 1 MB\n", 0, "not a size"},
		"a negative one": {"VmHWM: -1 kB\n", 0, "not a size"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parsePeak([]byte(c.status))
			if got != c.want || (err == nil) != (c.fails == "") || err != nil && !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%d, %v", got, err)
			}
		})
	}
	if peak, err := peakBytes(os.Getpid()); err != nil || peak < mib {
		t.Errorf("this process has %d bytes: %v", peak, err)
	}
}

func FuzzAPeakIsNeverNegative(f *testing.F) {
	f.Add([]byte("VmHWM:\t    1234 kB\n"))
	f.Add([]byte("VmHWM:"))
	f.Fuzz(func(t *testing.T, status []byte) {
		if got, err := parsePeak(status); got < 0 || err != nil && got != 0 {
			t.Error(got, err)
		}
	})
}
