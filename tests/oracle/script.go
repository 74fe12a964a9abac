package main

import (
	"math"
	"math/rand"
	"reflect"
	"strconv"
)

type opKind uint8

const (
	opInsert opKind = iota
	opDelete
	opLookup
	opRange
	opLoop
	opNext
	opClear
	opRebuild
	opClone
	opSnapshot
	opArrange
	opCollide
	opSkip
)

// op is one prepared step: its script line, and its key and elem as indexes.
// opRebuild and opClone put the entries into a new map; their lines are made too.
// opArrange reorders the e steps after it to go from the last bucket to the
// first. opLoop starts a range statement and stays in it, opNext goes on with
// it: for k entries, or to the end when k is 0; their lines are made while they
// run. An opLoop with e starts one in a growth only, or when one is near. opCollide makes opSkip of those whose key differs from the first one's
// in the low k bits of the hash.
type op struct {
	kind opKind
	k, e int
	line string // for opSnapshot the title, none for those below it
}

const noHint = math.MinInt

// script is written in full before it runs, so that little in it depends on
// the hash: the order that opArrange makes, and the snapshots taken while growing.
type script struct {
	pair   *pair
	hint   int // for make, or noHint
	ops    []op
	keys   []reflect.Value
	elems  []reflect.Value
	seed   int64 // for the choice of the growing snapshots
	budget int   // about how many bytes of JSON the snapshots may fill
	rarely int   // one operation in so many, while growing, has a snapshot after it
	seldom int   // one operation in so many has a look at the heap profile after it
}

// maker composes a script out of phases.
type maker struct {
	*script
	rng   *rand.Rand
	gen   values
	t     reflect.Type
	ascii bool           // string literals in ASCII only
	index map[string]int // literal to key index
	live  []int          // keys that the map holds
	where map[interface{}]int
	nan   bool // keys may be NaN: what they hash to is recorded
}

func newMaker(p *pair, seed int64) *maker {
	rng := rand.New(rand.NewSource(seed))
	return &maker{
		script: &script{pair: p, hint: noHint, seed: seed, budget: 40000, rarely: 24, seldom: 20},
		rng:    rng,
		gen:    values{rng: rng, dense: 10 + rng.Intn(120)},
		t:      p.make().Type(),
		ascii:  rng.Intn(3) == 0,
		index:  map[string]int{},
		where:  map[interface{}]int{},
	}
}

func (m *maker) literal(v reflect.Value) string {
	if m.ascii && v.Kind() == reflect.String {
		return strconv.QuoteToASCII(v.String())
	}
	return string(appendLiteral(nil, v))
}

// key draws a key, which may be one drawn before.
func (m *maker) key() (int, string) {
	m.gen.nan = m.nan
	v := m.gen.of(m.t.Key())
	m.gen.nan = false
	lit := m.literal(v)
	i, ok := m.index[lit]
	if !ok {
		i = len(m.keys)
		m.index[lit] = i
		m.keys = append(m.keys, v)
	}
	return i, lit
}

func (m *maker) add(kind opKind, k, e int, line string) {
	m.ops = append(m.ops, op{kind, k, e, line})
}

func (m *maker) insert(k int, lit string) {
	line := "insert " + lit
	v := reflect.Zero(m.t.Elem())
	if !m.gen.oneIn(16) {
		m.gen.nan = true
		v = m.gen.of(m.t.Elem())
		m.gen.nan = false
		line += " " + m.literal(v)
	}
	m.elems = append(m.elems, v)
	m.add(opInsert, k, len(m.elems)-1, line)
	key := m.keys[k].Interface()
	if _, ok := m.where[key]; !ok && key == key { // a NaN is never found again
		m.where[key] = len(m.live)
		m.live = append(m.live, k)
	}
}

func (m *maker) remove(k int, lit string) {
	m.add(opDelete, k, 0, "delete "+lit)
	key := m.keys[k].Interface()
	at, ok := m.where[key]
	if !ok {
		return
	}
	last := len(m.live) - 1
	m.live[at] = m.live[last]
	m.where[m.keys[m.live[at]].Interface()] = at
	m.live = m.live[:last]
	delete(m.where, key)
}

func (m *maker) clear() {
	m.add(opClear, 0, 0, "clear")
	m.live = m.live[:0]
	m.where = map[interface{}]int{}
}

// anew puts the entries into a new map.
func (m *maker) anew() {
	m.add(opRebuild+opKind(m.rng.Intn(2)), 0, 0, "")
	if m.gen.oneIn(2) {
		m.snapshotHere()
	}
}

func (m *maker) snapshot(title string) { m.add(opSnapshot, 0, 0, title) }

func (m *maker) snapshotHere() { m.snapshot("op " + strconv.Itoa(len(m.ops))) }

// liveKey picks a key that the map holds.
func (m *maker) liveKey() (int, string) {
	k := m.live[m.rng.Intn(len(m.live))]
	return k, m.literal(m.keys[k])
}
