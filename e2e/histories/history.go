package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
)

const (
	put = "put"
	get = "get"
	cas = "cas"

	ok      = "ok"
	failed  = "failed"  // for certain: it had no effect, and has none later
	unknown = "unknown" // it may have had its effect, or have it yet

	forever = math.MaxInt64
)

// entry is a key's value and the revision that wrote it.
type entry struct {
	Key         string `json:"key"`
	Value       string `json:"value"`
	ModRevision int64  `json:"modRevision"`
}

// operation is one request of one client. Times are nanoseconds of one clock.
type operation struct {
	Number  int    `json:"number"`
	Client  int    `json:"client"`
	Member  string `json:"member"` // the one that was asked
	Do      string `json:"do"`
	Key     string `json:"key"`
	Value   string `json:"value"`  // of a put or cas; no two operations write the same
	Expect  int64  `json:"expect"` // the mod revision that a cas wants to find; 0: no such key
	Call    int64  `json:"call"`
	Return  int64  `json:"return"`
	Outcome string `json:"outcome"`

	// Of an answer, from its header.
	ClusterID string `json:"clusterId"`
	MemberID  string `json:"memberId"`
	Revision  int64  `json:"revision"`
	Swapped   bool   `json:"swapped"` // of a cas
	Found     *entry `json:"found"`   // of a get, and of a cas that did not swap; nil: no such key
}

func (o *operation) isWrite() bool {
	return o.Do == put || o.Do == cas
}

// acknowledged is true of a write that took effect, by its answer.
func (o *operation) acknowledged() bool {
	return o.Outcome == ok && (o.Do == put || o.Do == cas && o.Swapped)
}

// reads is true where the answer tells what the key was.
func (o *operation) reads() bool {
	return o.Outcome == ok && (o.Do == get || o.Do == cas && !o.Swapped)
}

func (o *operation) String() string {
	if o == nil {
		return "no operation"
	}
	text := fmt.Sprintf("operation %d: client %d, %s %s", o.Number, o.Client, o.Do, o.Key)
	if o.isWrite() {
		text += " = " + o.Value
	}
	if o.Do == cas {
		text += fmt.Sprintf(" if at revision %d", o.Expect)
	}
	text += fmt.Sprintf(", asked of %s", o.Member)
	switch {
	case o.Outcome != ok:
		text += ": " + o.Outcome
	case o.acknowledged():
		text += fmt.Sprintf(": acknowledged at revision %d of cluster %s", o.Revision, o.ClusterID)
	case o.Found == nil:
		text += fmt.Sprintf(": found nothing, at revision %d of cluster %s", o.Revision, o.ClusterID)
	default:
		text += fmt.Sprintf(": found %s of revision %d, at revision %d of cluster %s",
			o.Found.Value, o.Found.ModRevision, o.Revision, o.ClusterID)
	}
	return text
}

// account is what the recovery says of the loss.
type account struct {
	Retained        int64    `json:"retainedRevision"`
	AtLeast         int64    `json:"lostRevisionsAtLeast"`
	AtMost          *int64   `json:"lostRevisionsAtMost"` // nil: nobody can know
	Bump            int64    `json:"revisionBump"`
	ClusterIDBefore string   `json:"clusterIdBefore"`
	ClusterIDAfter  string   `json:"clusterIdAfter"`
	MembersBefore   []string `json:"membersBefore"` // ids
	Survivor        string   `json:"survivor"`      // its id before
	// On the clock of the operations: when the loss was first seen, and when the rebuild was committed to.
	DetectedAt  int64 `json:"detectedAt"`
	CommittedAt int64 `json:"committedAt"`
}

// dump is all that one member has in its own store when nobody writes any more.
type dump struct {
	Member  string  `json:"member"`
	Entries []entry `json:"entries"`
}

type history struct {
	operations []*operation
	account    account
	dumps      []dump
}

func readHistory(path string) (*history, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var h history
	accounts := 0
	lines := bufio.NewScanner(bytes.NewReader(content))
	lines.Buffer(nil, 64<<20)
	for number := 1; lines.Scan(); number++ {
		var kind struct {
			Type string `json:"type"`
		}
		err := json.Unmarshal(lines.Bytes(), &kind)
		if err == nil {
			switch kind.Type {
			case "plan":
			case "operation":
				o := new(operation)
				err = json.Unmarshal(lines.Bytes(), o)
				h.operations = append(h.operations, o)
			case "account":
				accounts++
				err = json.Unmarshal(lines.Bytes(), &h.account)
			case "dump":
				var d dump
				err = json.Unmarshal(lines.Bytes(), &d)
				h.dumps = append(h.dumps, d)
			default:
				err = fmt.Errorf("type must be plan, operation, account or dump, not %q", kind.Type)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if accounts != 1 {
		return nil, fmt.Errorf("%s: there must be one account, not %d", path, accounts)
	}
	return &h, h.validate()
}

func (h *history) validate() error {
	values := map[string]*operation{}
	for _, o := range h.operations {
		switch o.Do {
		case put, get, cas:
		default:
			return fmt.Errorf("%v: do must be put, get or cas", o)
		}
		switch o.Outcome {
		case ok, failed, unknown:
		default:
			return fmt.Errorf("operation %d: outcome must be ok, failed or unknown, not %q", o.Number, o.Outcome)
		}
		if o.Return < o.Call {
			return fmt.Errorf("%v: returned before it was called", o)
		}
		if !o.isWrite() {
			continue
		}
		if other := values[o.Value]; other != nil {
			return fmt.Errorf("%v: writes the same value as operation %d", o, other.Number)
		}
		values[o.Value] = o
	}
	return nil
}
