package rehearsal

import (
	"encoding/json"
	"sync"
)

// Use is what a function's calls took of AWS.
type Use struct {
	Calls         int
	Reads, Writes float64 // DynamoDB units, tables and indexes together
	Mails         int
}

// Meter adds up what each row's calls took. The zero value is ready; methods may
// be called concurrently.
type Meter struct {
	mu   sync.Mutex
	rows map[string]Use
}

// Rows returns what was used so far, by row, and begins anew.
func (m *Meter) Rows() map[string]Use {
	m.mu.Lock()
	defer m.mu.Unlock()
	rows := m.rows
	m.rows = nil
	return rows
}

// add counts a call with its answer.
func (m *Meter) add(c Call, status int, answer []byte) {
	u := Use{Calls: 1}
	if c.Operation == "SendRawEmail" && status == 200 {
		u.Mails = 1
	}
	units := consumed(answer)
	switch c.Operation {
	case "GetItem", "BatchGetItem", "Query", "TransactGetItems":
		u.Reads = units
	default:
		u.Writes = units
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.rows == nil {
		m.rows = map[string]Use{}
	}
	had := m.rows[c.Row]
	m.rows[c.Row] = Use{Calls: had.Calls + u.Calls, Reads: had.Reads + u.Reads, Writes: had.Writes + u.Writes, Mails: had.Mails + u.Mails}
}

// consumed reads ConsumedCapacity from an answer, one or several.
func consumed(answer []byte) float64 {
	var one struct {
		ConsumedCapacity struct{ CapacityUnits float64 }
	}
	if json.Unmarshal(answer, &one) == nil {
		return one.ConsumedCapacity.CapacityUnits
	}
	var several struct {
		ConsumedCapacity []struct{ CapacityUnits float64 }
	}
	sum := 0.0
	if json.Unmarshal(answer, &several) == nil {
		for _, c := range several.ConsumedCapacity {
			sum += c.CapacityUnits
		}
	}
	return sum
}

// metered is a call's body that also asks what the call consumed; the function
// does not look at that part of the answer.
func metered(service string, body []byte) []byte {
	if service != "dynamodb" {
		return body
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return body
	}
	fields["ReturnConsumedCapacity"] = json.RawMessage(`"INDEXES"`)
	asked, err := json.Marshal(fields)
	if err != nil {
		return body
	}
	return asked
}
