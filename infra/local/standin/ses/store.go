package ses

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Each message is two files: what was sent (….eml, which any mail program
// opens) and what came with it (….json). The second is written last and under
// another name first, so that where it is, both are whole.

func save(dir string, m *Message) error {
	base := filepath.Join(dir, fmt.Sprintf("%08d-%s", m.Number, m.ID))
	eml, meta := base+".eml", base+".json"
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(eml, m.Raw, 0o600); err != nil {
		return err
	}
	if err := os.WriteFile(meta+".part", b, 0o600); err != nil {
		return err
	}
	return os.Rename(meta+".part", meta)
}

// load reads the messages in the order in which they were sent.
func load(dir string) ([]*Message, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir) // sorted by name, so by number
	if err != nil {
		return nil, err
	}
	var all []*Message
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".json" {
			continue
		}
		m, err := read(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		all = append(all, m)
	}
	return all, nil
}

func read(meta string) (*Message, error) {
	b, err := os.ReadFile(meta)
	if err != nil {
		return nil, err
	}
	m := new(Message)
	if err := json.Unmarshal(b, m); err != nil {
		return nil, err
	}
	m.Raw, err = os.ReadFile(strings.TrimSuffix(meta, ".json") + ".eml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("its .eml is missing")
	}
	return m, err
}
