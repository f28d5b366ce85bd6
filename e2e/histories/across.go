package main

import (
	"fmt"
	"sort"
)

// checkOrigin refuses answers of a cluster that is neither the one before nor the one after.
func (h *history) checkOrigin() []failure {
	for _, o := range h.operations {
		if o.Outcome == ok && h.eraOf(o) == neither {
			return []failure{{"all answers are of the cluster before or of the one after", o.Number,
				fmt.Sprintf("%v; the clusters are %s and %s", o, h.account.ClusterIDBefore, h.account.ClusterIDAfter)}}
		}
	}
	return nil
}

// checkFork refuses an answer of the cluster before to a request that was made when the one after had accepted a write.
func (h *history) checkFork() []failure {
	var first *operation
	for _, o := range h.operations {
		if o.acknowledged() && h.eraOf(o) == after && (first == nil || o.Return < first.Return) {
			first = o
		}
	}
	if first == nil {
		return nil
	}
	for _, o := range h.byCall() {
		if o.Outcome == ok && h.eraOf(o) == before && o.Call > first.Return {
			return []failure{{"there are never two clusters", o.Number, fmt.Sprintf("%v; before that, %v", o, first)}}
		}
	}
	return nil
}

func (h *history) byCall() []*operation {
	sorted := append([]*operation(nil), h.operations...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].Call < sorted[j].Call })
	return sorted
}

// checkRevisions: one write for each revision of a cluster; none smaller than one that was told before; after a restore
// none that the cluster before can have had.
func (h *history) checkRevisions(writes []write) []failure {
	var failures []failure
	for i := 1; i < len(writes); i++ {
		one, other := writes[i-1], writes[i]
		if one.era == other.era && one.revision == other.revision {
			failures = append(failures, failure{"one revision is one write", other.by.Number, fmt.Sprintf("%v; and %v", other.by, one.by)})
		}
	}
	floor := h.account.Retained + h.account.Bump
	for _, o := range h.operations {
		if o.Outcome == ok && h.eraOf(o) == after && (o.Revision < floor || o.acknowledged() && o.Revision == floor) {
			failures = append(failures, failure{"revisions go on after what was retained and the bump", o.Number,
				fmt.Sprintf("%v; retained is %d, the bump %d", o, h.account.Retained, h.account.Bump)})
			break
		}
	}
	for _, in := range []era{before, after} {
		failures = append(failures, h.checkOrder(in)...)
	}
	return failures
}

// checkOrder refuses an answer from further back than one that had returned before it was asked for, of any key.
func (h *history) checkOrder(in era) []failure {
	var called []*operation
	for _, o := range h.byCall() {
		if o.Outcome == ok && h.eraOf(o) == in {
			called = append(called, o)
		}
	}
	returned := append([]*operation(nil), called...)
	sort.SliceStable(returned, func(i, j int) bool { return returned[i].Return < returned[j].Return })
	var latest *operation
	next := 0
	for _, o := range called {
		for ; next < len(returned) && returned[next].Return < o.Call; next++ {
			if latest == nil || returned[next].Revision > latest.Revision {
				latest = returned[next]
			}
		}
		if latest != nil && o.Revision < latest.Revision {
			return []failure{{"revisions never go back", o.Number, fmt.Sprintf("%v; before that, %v", o, latest)}}
		}
	}
	return nil
}

// checkKept compares all that the members have in the end with all that took effect and is not lost by the account.
func (h *history) checkKept(writes []write) []failure {
	const claim = "all that was acknowledged and retained is there, and nothing that is said to be lost"
	if len(h.dumps) == 0 {
		return []failure{{claim, 0, "the history has no dump of any member"}}
	}
	var failures []failure
	expected := latest(writes, func(w write) bool { return w.era != neither && !w.isLost(h.account) })
	for _, d := range h.dumps {
		there := map[string]entry{}
		for _, e := range d.Entries {
			there[e.Key] = e
		}
		for _, name := range sortedKeys(expected) {
			w := expected[name]
			e, found := there[name]
			if !found {
				failures = append(failures, failure{claim, w.by.Number, fmt.Sprintf("%v; %s has no such key", w.by, d.Member)})
			} else if e.Value != w.by.Value || e.ModRevision != w.revision {
				failures = append(failures, failure{claim, w.by.Number,
					fmt.Sprintf("%v; %s has %s of revision %d", w.by, d.Member, e.Value, e.ModRevision)})
			}
			delete(there, name)
		}
		for _, name := range sortedKeys(there) {
			e := there[name]
			by := h.writer(e.Value)
			failures = append(failures, failure{claim, number(by),
				fmt.Sprintf("%v; %s has %s = %s of revision %d", by, d.Member, name, e.Value, e.ModRevision)})
		}
	}
	return failures
}

// writer is the operation that writes this value; nil where there is none.
func (h *history) writer(value string) *operation {
	for _, o := range h.operations {
		if o.isWrite() && o.Value == value {
			return o
		}
	}
	return nil
}
