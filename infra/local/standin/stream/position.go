package stream

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// position is how far a poller has read a stream. Its exported fields are saved.
type position struct {
	StreamARN string
	Shards    []*shard

	file     string
	isListed bool // whether the shards were looked up since the last one ended
}

// loadPosition reads the position in a file. Without a file, or with one of
// another stream (the table was made anew), there is none yet.
func loadPosition(file, streamARN string) (*position, error) {
	fresh := &position{StreamARN: streamARN, file: file}
	if file == "" {
		return fresh, nil
	}
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return fresh, nil
	}
	if err != nil {
		return nil, fmt.Errorf("load position: %w", err)
	}
	kept := &position{file: file}
	if err := json.Unmarshal(b, kept); err != nil {
		return nil, fmt.Errorf("load position from %s: %w", filepath.Base(file), err)
	}
	if kept.StreamARN != streamARN || slices.Contains(kept.Shards, nil) {
		return fresh, nil
	}
	return kept, nil
}

// save writes the position; the file is whole at any time.
func (p *position) save() error {
	if p.file == "" {
		return nil
	}
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(p.file), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(p.file+".part", b, 0o600); err != nil {
		return err
	}
	return os.Rename(p.file+".part", p.file)
}

// advance puts a shard behind a batch that is done.
func (p *position) advance(s *shard, b batch) error {
	s.iterator = b.next
	if b.next == nil {
		s.IsDone, p.isListed = true, false // its children may not be known yet
	}
	if len(b.records) == 0 && b.next != nil {
		return nil
	}
	return p.save()
}

// add remembers a shard that is not known yet.
func (p *position) add(s *shard) {
	if p.shard(s.ID) == nil {
		p.Shards = append(p.Shards, s)
	}
}

func (p *position) shard(id string) *shard {
	for _, s := range p.Shards {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// leaveParents marks every shard that was split: it holds nothing new.
func (p *position) leaveParents() {
	for _, s := range p.Shards {
		if parent := p.shard(s.Parent); parent != nil {
			parent.IsDone = true
		}
	}
}

// open returns the shards to read now: not those that are done, nor those whose
// parent is not.
func (p *position) open() []*shard {
	var all []*shard
	for _, s := range p.Shards {
		parent := p.shard(s.Parent)
		if !s.IsDone && (parent == nil || parent.IsDone) {
			all = append(all, s)
		}
	}
	return all
}
