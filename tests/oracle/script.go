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
	opClear
	opSnapshot
	opArrange
)

// op is one prepared step: its script line, and its key and elem as indexes.
// opArrange reorders the e steps after it to go from the last bucket to the first.
type op struct {
	kind opKind
	k, e int
	line string // for opSnapshot the title, for opArrange none
}

const noHint = math.MinInt

// script is written in full before it runs, so that little in it depends on
// the hash: the order that opArrange makes, and the snapshots taken while growing.
type script struct {
	pair   *pair
	name   string
	hint   int // for make, or noHint
	ops    []op
	keys   []reflect.Value
	elems  []reflect.Value
	seed   int64 // for the choice of the growing snapshots
	budget int   // about how many bytes of JSON the snapshots may fill
	rarely int   // one operation in so many, while growing, has a snapshot after it
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
}

func newMaker(p *pair, seed int64) *maker {
	rng := rand.New(rand.NewSource(seed))
	return &maker{
		script: &script{pair: p, hint: noHint, seed: seed, budget: 40000, rarely: 24},
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
	v := m.gen.of(m.t.Key())
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
		m.gen.nan = true // only as an elem: as a key its hash is random
		v = m.gen.of(m.t.Elem())
		m.gen.nan = false
		line += " " + m.literal(v)
	}
	m.elems = append(m.elems, v)
	m.add(opInsert, k, len(m.elems)-1, line)
	key := m.keys[k].Interface()
	if _, ok := m.where[key]; !ok {
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

func (m *maker) snapshot(title string) { m.add(opSnapshot, 0, 0, title) }

func (m *maker) snapshotHere() { m.snapshot("op " + strconv.Itoa(len(m.ops))) }

// liveKey picks a key that the map holds.
func (m *maker) liveKey() (int, string) {
	k := m.live[m.rng.Intn(len(m.live))]
	return k, m.literal(m.keys[k])
}

// mix does n operations, of which about percent in a hundred are deletions.
func (m *maker) mix(n, percent int) {
	for i := 0; i < n; i++ {
		dice := m.rng.Intn(100)
		switch {
		case dice < percent && m.rng.Intn(2) == 0 && len(m.live) > 0:
			m.remove(m.liveKey())
		case dice < percent:
			m.remove(m.key())
		case dice >= 97:
			k, lit := m.key()
			m.add(opLookup, k, 0, "lookup "+lit)
		case dice == 96 && m.rng.Intn(3) == 0:
			m.add(opRange, 0, 0, "range")
		case dice >= 90 && len(m.live) > 0:
			m.insert(m.liveKey())
		default:
			m.insert(m.key())
		}
	}
}

// drain deletes keys until left remain.
func (m *maker) drain(left int) {
	for len(m.live) > left {
		m.remove(m.liveKey())
	}
}

// queue inserts new keys and deletes the oldest, so that the length stays
// while overflow buckets pile up until a growth of the same size.
func (m *maker) queue(n, length int) {
	order := append([]int(nil), m.live...)
	for i := 0; i < n; i++ {
		k, lit := m.key()
		if _, ok := m.where[m.keys[k].Interface()]; !ok {
			order = append(order, k)
		}
		m.insert(k, lit)
		for len(order) > length {
			m.remove(order[0], m.literal(m.keys[order[0]]))
			order = order[1:]
		}
	}
}

// sweep fills the map up to the next growth, then writes to its buckets from
// the last to the first, so that evacuation has much to skip when it gets there.
// It takes `times` operations for each bucket.
func (m *maker) sweep(logarithm, times int) {
	full := 13<<logarithm/2 + 1
	for tries := 0; len(m.live) < full; tries++ {
		if tries > 4*full {
			return // too few values of this type
		}
		k, lit := m.key()
		if _, ok := m.where[m.keys[k].Interface()]; !ok {
			m.insert(k, lit)
		}
	}
	at := len(m.ops)
	m.add(opArrange, 0, 0, "")
	for i := 0; i < times<<logarithm; i++ {
		switch m.rng.Intn(4) {
		case 0:
			m.remove(m.liveKey())
		case 1:
			m.remove(m.key())
		default:
			m.insert(m.liveKey())
		}
	}
	m.ops[at].e = len(m.ops) - at - 1
	m.snapshot("swept")
}

// phase appends a random stretch of operations.
func (m *maker) phase() {
	switch m.rng.Intn(12) {
	case 0, 1, 2:
		m.mix(10+m.rng.Intn(120), 20+m.rng.Intn(30))
	case 3, 4, 5:
		m.mix(5+m.rng.Intn(90), m.rng.Intn(8))
	case 6:
		m.mix(10+m.rng.Intn(60), 60+m.rng.Intn(30))
	case 7:
		m.drain(0)
		if m.rng.Intn(2) == 0 {
			m.snapshot("drained")
		}
	case 8:
		m.drain(m.rng.Intn(4))
	case 9:
		m.snapshot("before clear")
		m.clear()
		m.snapshot("after clear")
	case 10:
		m.add(opRange, 0, 0, "range")
	case 11:
		m.queue(20+m.rng.Intn(200), 4+m.rng.Intn(40))
	}
}

// randomScript is one of `record`'s.
func randomScript(p *pair, seed int64) *script {
	m := newMaker(p, seed)
	switch m.rng.Intn(4) {
	case 0:
		m.hint = m.rng.Intn(60)
	case 1:
		if m.rng.Intn(4) == 0 {
			m.hint = m.rng.Intn(2001)
		}
	}
	if m.rng.Intn(4) == 0 {
		m.snapshot("empty")
	}
	dice := m.rng.Intn(100)
	switch {
	case dice == 0:
		m.gen.dense = 4000
		m.mix(1000+m.rng.Intn(4000), 0)
	case dice < 7:
		m.gen.dense = 2000
		m.queue(300+m.rng.Intn(2700), 7+m.rng.Intn(50))
	case dice < 9:
		m.gen.dense = 20000
		m.queue(3000, 90+m.rng.Intn(120))
	case dice < 12:
		m.gen.dense = 8000
		m.sweep(3+m.rng.Intn(5), 1+m.rng.Intn(4))
	case dice == 12 && m.hint != noHint && m.rng.Intn(3) == 0:
		m.hint = []int{-1, -7, 1 << (8*ptrSize - 2), math.MaxInt}[m.rng.Intn(4)]
	case dice == 13 && m.rng.Intn(5) == 0 && m.t.Key().Size()+m.t.Elem().Size() <= 16:
		// The mark looks at most 1024 buckets ahead; that takes a large map.
		m.gen.dense, m.budget, m.rarely = 1<<20, 8<<20, 1000
		m.sweep(12, 12)
	}
	for len(m.ops) < 20 || m.rng.Intn(6) != 0 && len(m.ops) < 600 {
		m.phase()
		if m.rng.Intn(5) == 0 {
			m.snapshotHere()
		}
	}
	m.snapshot("end")
	return m.script
}

// bigScript inserts n keys, and deletes and inserts some more.
func bigScript(p *pair, seed int64, n int) *script {
	m := newMaker(p, seed)
	m.gen.dense = 4 * n
	m.mix(n, 0)
	m.mix(n/4, 50)
	m.snapshot("end")
	return m.script
}
