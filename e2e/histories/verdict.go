package main

import (
	"fmt"
	"sort"
)

// failure is a claim that does not hold.
type failure struct {
	Claim string `json:"claim"`
	// The operation that shows it; 0 where no single one does.
	Operation int    `json:"operation,omitempty"`
	Says      string `json:"says"`
}

// verdict is what is printed.
type verdict struct {
	Holds bool `json:"holds"`
	// Operations by outcome.
	OK      int `json:"ok"`
	Failed  int `json:"failed"`
	Unknown int `json:"unknown"`
	// Writes that were acknowledged by the cluster before the loss, and by the one after.
	AcknowledgedBefore int `json:"acknowledgedBefore"`
	AcknowledgedAfter  int `json:"acknowledgedAfter"`
	// Answers that only read, of the cluster before the loss, and of the one after.
	ReadsBefore int `json:"readsBefore"`
	ReadsAfter  int `json:"readsAfter"`
	// Acknowledged writes that the recovery lost.
	Lost int `json:"lost"`
	// Writes nobody knows the outcome of, which may be lost too.
	PerhapsLost int       `json:"perhapsLost"`
	Retained    int64     `json:"retainedRevision"`
	AtLeast     int64     `json:"lostRevisionsAtLeast"`
	AtMost      *int64    `json:"lostRevisionsAtMost"`
	Failures    []failure `json:"failures"`
}

func judge(h *history) verdict {
	writes, failures := h.effects()
	v := verdict{Retained: h.account.Retained, AtLeast: h.account.AtLeast, AtMost: h.account.AtMost}
	v.count(h, writes)
	kept := latest(writes, func(w write) bool { return w.era == before && !w.isLost(h.account) })
	failures = append(failures, h.checkOrigin()...)
	failures = append(failures, h.checkFork()...)
	failures = append(failures, h.checkRevisions(writes)...)
	failures = append(failures, checkLinearizable("what was answered before the loss is linearizable", h.steps(before, writes), nil)...)
	failures = append(failures, checkLinearizable("what was answered after the recovery is linearizable, from what was retained", h.steps(after, writes), kept)...)
	failures = append(failures, h.checkKept(writes)...)
	failures = append(failures, v.checkBounds(h, writes)...)
	failures = append(failures, v.checkProof()...)
	v.Failures = append([]failure{}, failures...)
	v.Holds = len(failures) == 0
	return v
}

func (v *verdict) count(h *history, writes []write) {
	for _, o := range h.operations {
		switch o.Outcome {
		case ok:
			v.OK++
		case failed:
			v.Failed++
		case unknown:
			v.Unknown++
			if h.mayBeLost(o) {
				v.PerhapsLost++
			}
		}
		switch {
		case o.Outcome != ok:
		case o.acknowledged() && h.eraOf(o) == before:
			v.AcknowledgedBefore++
		case o.acknowledged() && h.eraOf(o) == after:
			v.AcknowledgedAfter++
		case h.eraOf(o) == before:
			v.ReadsBefore++
		case h.eraOf(o) == after:
			v.ReadsAfter++
		}
	}
	for _, w := range writes {
		if w.isLost(h.account) && w.by.Outcome == ok {
			v.Lost++
		}
		if !w.isLost(h.account) && h.mayBeLost(w.by) {
			v.PerhapsLost--
		}
	}
}

// mayBeLost is true of a write of unknown outcome that the cluster before the loss may have accepted: when that had lost its
// quorum, it accepted nothing any more.
func (h *history) mayBeLost(o *operation) bool {
	return o.isWrite() && o.Outcome == unknown && o.Call <= h.account.DetectedAt
}

// checkProof refuses a history in which nothing could have gone wrong.
func (v *verdict) checkProof() []failure {
	if v.AcknowledgedBefore == 0 || v.AcknowledgedAfter == 0 || v.ReadsBefore == 0 || v.ReadsAfter == 0 {
		return []failure{{"the history proves something", 0,
			fmt.Sprintf("there must be writes and reads before and after; there are %d and %d before, %d and %d after",
				v.AcknowledgedBefore, v.ReadsBefore, v.AcknowledgedAfter, v.ReadsAfter)}}
	}
	return nil
}

// checkBounds compares what was lost with what the account says. What nobody acknowledged may have been seen by the
// operator and be counted in the lower bound.
func (v *verdict) checkBounds(h *history, writes []write) []failure {
	const claim = "what was lost is within the bounds of the account"
	if v.AtLeast > int64(v.Lost+v.PerhapsLost) {
		return []failure{{claim, 0, fmt.Sprintf("at least %d revisions are said to be lost after %d; clients know of %d, and of %d that may be",
			v.AtLeast, v.Retained, v.Lost, v.PerhapsLost)}}
	}
	if v.AtMost == nil {
		return nil
	}
	for _, w := range writes {
		if w.isLost(h.account) && w.revision > v.Retained+*v.AtMost {
			return []failure{{claim, w.by.Number, fmt.Sprintf("%v; at most %d revisions after %d are said to be lost", w.by, *v.AtMost, v.Retained)}}
		}
	}
	return nil
}

// steps are the operations that one cluster answered, and the writes that took effect there though nobody was told.
func (h *history) steps(in era, writes []write) []step {
	var steps []step
	for _, o := range h.operations {
		if o.reads() && h.eraOf(o) == in {
			steps = append(steps, step{op: o})
		}
	}
	for _, w := range writes {
		if w.era == in {
			steps = append(steps, step{w.by, w.revision})
		}
	}
	return steps
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
