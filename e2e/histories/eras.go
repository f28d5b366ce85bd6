package main

import (
	"fmt"
	"sort"
)

// era tells the cluster before the loss from the one after the recovery, which may have the same id.
type era int

const (
	neither era = iota
	before
	after
)

func (h *history) eraOf(o *operation) era {
	a := h.account
	if a.ClusterIDBefore != a.ClusterIDAfter {
		switch o.ClusterID {
		case a.ClusterIDBefore:
			return before
		case a.ClusterIDAfter:
			return after
		}
		return neither
	}
	if o.ClusterID != a.ClusterIDBefore {
		return neither
	}
	if o.MemberID == a.Survivor {
		if o.Return <= a.CommittedAt {
			return before
		}
		return after
	}
	for _, id := range a.MembersBefore {
		if o.MemberID == id {
			return before
		}
	}
	return after
}

// write is one that took effect at a known revision: it was acknowledged, or somebody saw its value.
type write struct {
	by       *operation
	revision int64
	era      era
}

// isLost is true where the account does not say that it was kept.
func (w write) isLost(a account) bool {
	return w.era == before && w.revision > a.Retained
}

// effects finds all writes that took effect for certain, in the order of era and revision. A write of unknown outcome
// whose value nobody saw is none: it can always have come last of all, or not at all.
func (h *history) effects() ([]write, []failure) {
	var failures []failure
	byValue := map[string]*operation{}
	found := map[*operation]write{}
	for _, o := range h.operations {
		if o.isWrite() {
			byValue[o.Value] = o
		}
		if o.acknowledged() {
			found[o] = write{o, o.Revision, h.eraOf(o)}
		}
	}
	seen := func(e entry, in era, by *operation, where string) {
		o := byValue[e.Value]
		switch {
		case o == nil || o.Key != e.Key:
			failures = append(failures, failure{"only what was written is read", number(by), fmt.Sprintf("%s: nobody wrote %s = %s", where, e.Key, e.Value)})
		case o.Outcome == failed:
			failures = append(failures, failure{"what failed has no effect", o.Number, fmt.Sprintf("%v; its value was seen: %s", o, where)})
		case o.Outcome == ok && !o.acknowledged():
			failures = append(failures, failure{"what was not swapped has no effect", o.Number, fmt.Sprintf("%v; its value was seen: %s", o, where)})
		case o.Outcome == unknown:
			if in == after && e.ModRevision <= h.account.Retained {
				in = before
			}
			earlier, there := found[o]
			if there && (earlier.revision != e.ModRevision || earlier.era != in) {
				failures = append(failures, failure{"a write takes effect once", o.Number,
					fmt.Sprintf("%v; seen at revision %d and at %d: %s", o, earlier.revision, e.ModRevision, where)})
			}
			found[o] = write{o, e.ModRevision, in}
		}
	}
	for _, o := range h.operations {
		if o.reads() && o.Found != nil {
			seen(*o.Found, h.eraOf(o), o, o.String())
		}
	}
	for _, d := range h.dumps {
		for _, e := range d.Entries {
			seen(e, after, nil, "in the store of "+d.Member)
		}
	}
	var writes []write
	for _, w := range found {
		writes = append(writes, w)
	}
	sort.Slice(writes, func(i, j int) bool {
		if writes[i].era != writes[j].era {
			return writes[i].era < writes[j].era
		}
		if writes[i].revision != writes[j].revision {
			return writes[i].revision < writes[j].revision
		}
		return writes[i].by.Number < writes[j].by.Number
	})
	return writes, failures
}

// latest says who wrote each key last, of the writes that are taken.
func latest(writes []write, taken func(write) bool) map[string]write {
	last := map[string]write{}
	for _, w := range writes {
		if taken(w) {
			last[w.by.Key] = w
		}
	}
	return last
}

func number(o *operation) int {
	if o == nil {
		return 0
	}
	return o.Number
}
