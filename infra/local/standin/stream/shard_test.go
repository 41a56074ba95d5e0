package stream_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"

	"portero/infra/local/standin/stream"
)

// fake is a stream of several shards, which the embedded database never has, and
// which forgets its iterators on demand, which it never does.
type fake struct {
	url     string
	shards  []*fakeShard
	expired bool // whether the next GetRecords finds its iterator expired
	trimmed bool // whether a position is too old
}

type fakeShard struct {
	id, parent string
	records    []string
	isClosed   bool
}

func newFake(t *testing.T) *fake {
	f := new(fake)
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	f.url = s.URL
	return f
}

func (f *fake) shard(id, parent string, records ...string) *fakeShard {
	s := &fakeShard{id: id, parent: parent, records: records}
	f.shards = append(f.shards, s)
	return s
}

func fakeRecord(key string, sequence int) string {
	return fmt.Sprintf(`{"eventID":"e","eventName":"INSERT","dynamodb":{"Keys":{"pk":{"S":%q}},"SequenceNumber":"%d"}}`, key, sequence)
}

func (f *fake) poller(c *calls) *stream.Poller {
	cfg := config()
	cfg.BaseEndpoint = &f.url
	cfg.Retryer = func() aws.Retryer { return aws.NopRetryer{} }
	return &stream.Poller{Client: dynamodbstreams.NewFromConfig(cfg), StreamARN: "arn:fake-stream-of-more-than-37-characters", Handle: c.handle}
}

// ServeHTTP lists one shard per page. An iterator is shard and offset.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var in struct{ ExclusiveStartShardId, ShardId, ShardIteratorType, SequenceNumber, ShardIterator string }
	_ = json.NewDecoder(r.Body).Decode(&in)
	_, call, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	switch call {
	case "DescribeStream":
		i := 0
		for i < len(f.shards) && in.ExclusiveStartShardId != "" && f.shards[i].id != in.ExclusiveStartShardId {
			i++
		}
		if in.ExclusiveStartShardId != "" {
			i++
		}
		s, last := f.shards[i], ""
		if i+1 < len(f.shards) {
			last = fmt.Sprintf(`,"LastEvaluatedShardId":%q`, s.id)
		}
		parent := ""
		if s.parent != "" {
			parent = fmt.Sprintf(`,"ParentShardId":%q`, s.parent)
		}
		fmt.Fprintf(w, `{"StreamDescription":{"Shards":[{"ShardId":%q%s}]%s}}`, s.id, parent, last)
	case "GetShardIterator":
		s, offset := f.find(in.ShardId), 0
		switch in.ShardIteratorType {
		case "LATEST":
			offset = len(s.records)
		case "AFTER_SEQUENCE_NUMBER":
			if f.trimmed {
				fail(w, "TrimmedDataAccessException")
				return
			}
			for offset < len(s.records) && !strings.Contains(s.records[offset], `"SequenceNumber":"`+in.SequenceNumber+`"`) {
				offset++
			}
			offset++
		}
		fmt.Fprintf(w, `{"ShardIterator":"%s/%d"}`, s.id, offset)
	case "GetRecords":
		if f.expired {
			f.expired = false
			fail(w, "ExpiredIteratorException")
			return
		}
		id, at, _ := strings.Cut(in.ShardIterator, "/")
		offset, _ := strconv.Atoi(at)
		s := f.find(id)
		next := fmt.Sprintf(`,"NextShardIterator":"%s/%d"`, id, len(s.records))
		if s.isClosed {
			next = ""
		}
		fmt.Fprintf(w, `{"Records":[%s]%s}`, strings.Join(s.records[min(offset, len(s.records)):], ","), next)
	}
}

func (f *fake) find(id string) *fakeShard {
	for _, s := range f.shards {
		if s.id == id {
			return s
		}
	}
	return nil
}

func fail(w http.ResponseWriter, kind string) {
	w.WriteHeader(http.StatusBadRequest)
	fmt.Fprintf(w, `{"__type":"com.amazonaws.dynamodb.v20120810#%s","message":"no"}`, kind)
}

func TestShards(t *testing.T) {
	t.Run("a child is read after its parent, and children that come later too", func(t *testing.T) {
		f, c := newFake(t), new(calls)
		f.shard("child", "parent", fakeRecord("b", 2))
		f.shard("parent", "", fakeRecord("a", 1)).isClosed = true
		p := f.poller(c)
		drain(t, p)
		f.find("child").isClosed = true
		f.shard("grandchild", "child", fakeRecord("c", 3))
		drain(t, p)
		drain(t, p)
		if got, want := c.String(), "[a] [b] [c]"; got != want {
			t.Errorf("batches are %s, want %s", got, want)
		}
	})
	t.Run("latest leaves out what was split before", func(t *testing.T) {
		f, c := newFake(t), new(calls)
		f.shard("parent", "", fakeRecord("a", 1)).isClosed = true
		child := f.shard("child", "parent", fakeRecord("b", 2))
		p := f.poller(c)
		p.Start = stream.Latest
		drain(t, p)
		child.records = append(child.records, fakeRecord("c", 3))
		drain(t, p)
		if got, want := c.String(), "[c]"; got != want {
			t.Errorf("batches are %s, want %s", got, want)
		}
	})
	t.Run("an expired iterator is fetched anew, after what is done", func(t *testing.T) {
		f, c := newFake(t), new(calls)
		s := f.shard("one", "", fakeRecord("a", 1))
		p := f.poller(c)
		drain(t, p)
		s.records = append(s.records, fakeRecord("b", 2))
		f.expired = true
		drain(t, p)
		if got, want := c.String(), "[a] [b]"; got != want {
			t.Errorf("batches are %s, want %s", got, want)
		}
	})
	t.Run("a position that was trimmed begins at the oldest record", func(t *testing.T) {
		f, c := newFake(t), new(calls)
		f.shard("one", "", fakeRecord("a", 1))
		file := filepath.Join(t.TempDir(), "position.json")
		first := f.poller(c)
		first.PositionFile = file
		drain(t, first)
		f.find("one").records, f.trimmed = []string{fakeRecord("z", 9)}, true
		second := f.poller(c)
		second.PositionFile = file
		drain(t, second)
		if got, want := c.String(), "[a] [z]"; got != want {
			t.Errorf("batches are %s, want %s", got, want)
		}
	})
}
