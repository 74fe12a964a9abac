package main

import (
	"math"
	"reflect"
	"regexp"
)

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
		case dice == 96:
			m.loop()
		case dice >= 94:
			m.add(opNext, 1+m.rng.Intn(6), 0, "")
		case dice == 93 && m.rng.Intn(16) == 0:
			m.anew()
		case dice >= 90 && len(m.live) > 0:
			m.insert(m.liveKey())
		default:
			m.insert(m.key())
		}
	}
}

// loop begins a range statement, which goes on in between what follows.
func (m *maker) loop() {
	most := 1 + m.rng.Intn(1+len(m.live)*3/2)
	if m.gen.oneIn(4) {
		most = 0
	}
	m.add(opLoop, most, 0, "")
	if most == 0 || m.gen.oneIn(3) {
		m.snapshotHere()
	}
}

// loopInGrowth begins a range statement if the map is growing by then, or about
// to because of overflow buckets.
func (m *maker) loopInGrowth() {
	m.add(opLoop, 1+m.rng.Intn(12), 1, "")
}

// grow inserts new keys until the load starts a growth, if the map was never
// larger.
func (m *maker) grow() {
	full := 14
	for full <= len(m.live) {
		full = 2*full - 1
	}
	for tries := 0; len(m.live) < full && tries < 4*full; tries++ {
		m.insert(m.key())
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
		if m.gen.oneIn(200) {
			m.add(opRange, 0, 0, "range")
		}
		if m.gen.oneIn(60) {
			m.loop()
		}
		if m.gen.oneIn(4) {
			m.loopInGrowth()
		}
		if m.gen.oneIn(90) {
			m.anew()
		}
		if m.gen.oneIn(12) {
			m.add(opNext, 1+m.rng.Intn(4), 0, "")
		}
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
	m.loop()
	at := len(m.ops)
	m.add(opArrange, 0, 0, "")
	for i := 0; i < times<<logarithm; i++ {
		if m.gen.oneIn(40) {
			m.add(opNext, 1+m.rng.Intn(20), 0, "")
		}
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

// collide fills one bucket's chain and makes holes in it. Of n operations one
// in 2^logarithm remains.
func (m *maker) collide(n, logarithm int) {
	at := len(m.ops)
	m.add(opCollide, logarithm, 0, "")
	for i := 0; i < n; i++ {
		dice := m.rng.Intn(100)
		switch {
		case dice < 20 && len(m.live) > 0:
			m.remove(m.liveKey())
		case dice < 23:
			m.remove(m.key())
		case dice < 40 && len(m.live) > 0:
			m.insert(m.liveKey())
		default:
			m.insert(m.key())
		}
	}
	m.ops[at].e = len(m.ops) - at - 1
	m.snapshot("collided")
}

// phase appends a random stretch of operations.
func (m *maker) phase() {
	switch m.rng.Intn(12) {
	case 0, 1, 2:
		m.loopInGrowth()
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
		if m.gen.oneIn(2) {
			m.grow()
			m.loopInGrowth()
		}
		m.snapshot("before clear")
		m.clear()
		m.snapshot("after clear")
		m.add(opNext, 1+m.rng.Intn(20), 0, "")
	case 10:
		m.loop()
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
		m.hint = []int{1 << (8*ptrSize - 2), math.MaxInt}[m.rng.Intn(2)]
	case dice >= 14 && dice < 18:
		m.gen.dense = 10000
		logarithm := 3 + m.rng.Intn(3)
		m.collide((60+m.rng.Intn(240))<<logarithm, logarithm)
	case engine == "swiss" && dice >= 18 && dice < 23:
		// Tables split from 897 entries on.
		m.gen.dense, m.rarely, m.seldom = 12000, 200, 200
		m.mix(950+m.rng.Intn(2800), m.rng.Intn(25))
	case dice == 13 && m.rng.Intn(5) == 0 && m.t.Key().Size()+m.t.Elem().Size() <= 16:
		// The mark looks at most 1024 buckets ahead; that takes a large map.
		m.gen.dense, m.budget, m.rarely, m.seldom = 1<<20, 8<<20, 1000, 5000
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

// drawsMatter tells whether what the runtime draws decides more than seeds: keys can be NaN, or
// there can be so many that overflow buckets are counted by chance.
func drawsMatter(pair string) bool {
	return floatKeys.MatchString(pair) || pair == manyPair && engine == "classic"
}

var floatKeys = regexp.MustCompile(`^map\[(\[2\])?(float|complex|any|interface|struct\{[^}]*(float|any))`)

// manyPair is the type of maps with 2^16 buckets and more.
const manyPair = "map[uint32]bool"

// drawScript is one of `record -draws`.
func drawScript(p *pair, seed int64) *script {
	m := newMaker(p, seed)
	m.nan = true
	if p.text == manyPair {
		m.many()
		return m.script
	}
	if m.rng.Intn(3) == 0 {
		m.hint = m.rng.Intn(60)
	}
	for len(m.ops) < 60 || m.rng.Intn(6) != 0 && len(m.ops) < 600 {
		m.phase()
		if m.rng.Intn(5) == 0 {
			m.snapshotHere()
		}
	}
	m.snapshot("end")
	return m.script
}

// many makes a map of 2^16 buckets, and fills it until chains are long, or on into a growth.
func (m *maker) many() {
	m.hint, m.budget, m.rarely, m.seldom = 1<<18, 0, 1<<30, 1<<30
	m.gen.dense = 1 << 24
	for n := 250000 + m.rng.Intn(250000); n > 0; n-- {
		k, lit := m.key()
		m.add(opInsert, k, 0, "insert "+lit)
	}
	m.elems = append(m.elems, reflect.Zero(m.t.Elem()))
	m.snapshot("end")
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
