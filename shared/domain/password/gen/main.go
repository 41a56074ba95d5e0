// Command gen packs word lists into blocklist.bin. It is run by hand when the
// lists change, never by a build; the lists are not kept in this repository. The
// package comment of password says where they come from.
//
//	go run ./shared/domain/password/gen -o shared/domain/password/blocklist.bin FILE…
//
// Each file holds one password a line. Earlier lines win when the limit is
// reached. Words that the policy refuses without a list are left out.
package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"portero/shared/domain/password"
)

func main() {
	limit := flag.Int("limit", 133000, "number of passwords at most")
	out := flag.String("o", "blocklist.bin", "file to write")
	flag.Parse()
	if err := run(flag.Args(), *limit, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(files []string, limit int, out string) error {
	if len(files) == 0 {
		return errors.New("name at least one word list")
	}
	seen := make(map[uint32]bool, limit)
	for _, name := range files {
		before := len(seen)
		if err := read(name, limit, seen); err != nil {
			return err
		}
		fmt.Printf("%s: %d new\n", name, len(seen)-before)
	}
	fmt.Printf("%d passwords, one false refusal in %d\n", len(seen), 1<<32/max(1, len(seen)))
	return os.WriteFile(out, pack(seen), 0o644)
}

// read adds the fingerprints of a list's words until there are limit of them.
func read(name string, limit int, seen map[uint32]bool) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() && len(seen) < limit {
		word := password.Plain(strings.TrimRight(lines.Text(), "\r"))
		if needed(word) {
			seen[password.Fingerprint(word)] = true
		}
	}
	return lines.Err()
}

// needed reports whether only a list can refuse the word.
func needed(word password.Plain) bool {
	var weak *password.Weak
	return !errors.As(password.SecondFactor.Check(word), &weak) ||
		weak.Reason == password.Common || weak.Reason == password.Context
}

// pack writes 257 counts and the sorted fingerprints without their first byte,
// as blocklist.go reads them.
func pack(seen map[uint32]bool) []byte {
	sorted := make([]uint32, 0, len(seen))
	for f := range seen {
		sorted = append(sorted, f)
	}
	slices.Sort(sorted)
	var packed []byte
	for first := range uint64(257) {
		less, _ := slices.BinarySearchFunc(sorted, first<<24, func(f uint32, bound uint64) int {
			if uint64(f) < bound {
				return -1
			}
			return 1
		})
		packed = binary.BigEndian.AppendUint32(packed, uint32(less))
	}
	for _, f := range sorted {
		packed = append(packed, byte(f>>16), byte(f>>8), byte(f))
	}
	return packed
}
