package main

import (
	"fmt"
	"sort"
	"time"

	"github.com/anishathalye/porcupine"
)

// limit bounds the search for one key.
const limit = time.Minute

// state of one key: its value and the revision that wrote it; the zero value: no such key.
type state struct {
	value    string
	revision int64
}

// step is an operation as the model sees it.
type step struct {
	op *operation
	// The revision at which a write took effect; 0 of what only reads.
	effect int64
}

// key is the model of one key, which is a register: linearizability is checked for each key by itself, since a history is
// linearizable exactly where all its keys are.
func key(initial state) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return initial },
		Step: func(now, in, _ any) (bool, any) {
			s, current := in.(step), now.(state)
			if s.effect == 0 {
				return current == stateOf(s.op.Found), current
			}
			if s.op.Do == cas && s.op.Expect != current.revision {
				return false, current
			}
			return s.effect > current.revision, state{s.op.Value, s.effect}
		},
	}
}

func stateOf(e *entry) state {
	if e == nil {
		return state{}
	}
	return state{e.Value, e.ModRevision}
}

// checkLinearizable judges what one cluster answered, and what else took effect in it, from what each key was at first.
func checkLinearizable(claim string, steps []step, initial map[string]write) []failure {
	var failures []failure
	byKey := map[string][]step{}
	for _, s := range steps {
		byKey[s.op.Key] = append(byKey[s.op.Key], s)
	}
	for _, name := range sortedKeys(byKey) {
		var first state
		if w, there := initial[name]; there {
			first = state{w.by.Value, w.revision}
		}
		if f := checkKey(claim, name, byKey[name], first); f != nil {
			failures = append(failures, *f)
		}
	}
	return failures
}

func checkKey(claim, name string, steps []step, first state) *failure {
	switch search(steps, first, forever) {
	case porcupine.Ok:
		return nil
	case porcupine.Unknown:
		return &failure{claim, 0, fmt.Sprintf("could not be decided for %s within %v", name, limit)}
	}
	culprit := firstRefused(steps, first)
	return &failure{claim, culprit.Number, fmt.Sprintf("%v: no order of the operations on %s explains that, though one explains all that returned before", culprit, name)}
}

// firstRefused is the operation whose return makes the history impossible: up to any earlier return it is linearizable.
func firstRefused(steps []step, first state) *operation {
	returned := append([]step(nil), steps...)
	sort.SliceStable(returned, func(i, j int) bool { return end(returned[i]) < end(returned[j]) })
	at := sort.Search(len(returned)-1, func(i int) bool {
		return search(steps, first, end(returned[i])) == porcupine.Illegal
	})
	return returned[at].op
}

// search looks at what is known by that time: what has not returned then may take effect or not, and reads nothing.
func search(steps []step, first state, until int64) porcupine.CheckResult {
	var operations []porcupine.Operation
	for _, s := range steps {
		o := porcupine.Operation{ClientId: s.op.Client, Input: s, Call: s.op.Call, Return: end(s)}
		if o.Call > until {
			continue
		}
		if o.Return > until {
			if s.effect == 0 || !isSeen(s, steps, until) {
				continue
			}
			o.Return = forever
		}
		operations = append(operations, o)
	}
	return porcupine.CheckOperationsTimeout(key(first), operations, limit)
}

// isSeen is true where a write's effect is needed to explain what returned by that time.
func isSeen(s step, steps []step, until int64) bool {
	for _, other := range steps {
		if end(other) > until {
			continue
		}
		if other.effect == 0 && other.op.Found != nil && other.op.Found.ModRevision == s.effect {
			return true
		}
		if other.effect > 0 && other.op.Do == cas && other.op.Expect == s.effect {
			return true
		}
	}
	return false
}

func end(s step) int64 {
	if s.op.Outcome == ok {
		return s.op.Return
	}
	return forever
}
