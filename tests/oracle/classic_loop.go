//go:build !goexperiment.swissmap && !go1.26

package main

import (
	"fmt"
)

// loop is a range statement that the script stays in, between operations.
type loop struct {
	it    iterator
	begun bool
	over  bool
	start uintptr
	slot  uint8
	keys  []byte // that came, as the elements of a JSON array
	count int
}

// underWay tells whether the loop keeps memory alive that the map has given up.
func (l *loop) underWay() bool { return l.begun && !l.over }

// place is where a range begins that has just begun; it is at its first entry.
func (l *loop) place(*header) [2]uint64 {
	return [2]uint64{uint64(l.it.startBucket), uint64(l.it.offset)}
}

func (l *loop) advance() {}

func (l *loop) next() { runtimeMapiternext(&l.it) }

// beginLoop starts the range statement in a measured stretch: it may allocate
// the lists that keep overflow buckets.
func (p *play) beginLoop(o *op) {
	if o.e != 0 && (p.loop.underWay() || !p.header().growsSoon()) {
		o.kind = opSkip
		return
	}
	p.loop = loop{}
	p.g.Begin(p.mt, &p.loop.it)
	p.meter.stop()
	p.loop.begun = true
	p.loop.start, p.loop.slot = p.loop.it.startBucket, p.loop.it.offset
	came := p.take(o.k, true)
	o.line = "range " + came
	if !tellsDraws {
		o.line += fmt.Sprintf(" from %d %d", p.loop.start, p.loop.slot)
	}
	p.meter.start()
}

// leaveLoop starts a range statement and leaves it at its first entry.
func (p *play) leaveLoop(*op) {
	p.loop = loop{}
	p.g.Range()
}

// goOn goes on with the loop under way, if there is one.
func (p *play) goOn(o *op) {
	if !p.loop.underWay() {
		o.kind = opSkip
		return
	}
	o.line = "next " + p.take(o.k, false)
}

// take lets most entries come, all when it is 0; the first is at hand when the
// loop has just begun. It returns how many were asked for, as a script says it.
func (p *play) take(most int, begun bool) string {
	l := &p.loop
	for n := 0; most == 0 || n < most; n++ {
		if !begun {
			wantDraws(true)
			runtimeMapiternext(&l.it)
			wantDraws(false)
		}
		begun = false
		if l.it.key == nil {
			l.over = true
			l.it = iterator{}
			break
		}
		p.takeKey(l.it.key)
	}
	if most == 0 {
		return "all"
	}
	return fmt.Sprint(most)
}

// appendLoop writes the loop as a field of a snapshot.
func (p *play) appendLoop(b []byte) []byte {
	if !p.loop.begun {
		return b
	}
	b = append(b, fmt.Sprintf(`,"range":{"bucket":%d,"slot":%d,"over":%t,"keys":[`,
		p.loop.start, p.loop.slot, p.loop.over)...)
	b = append(b, p.loop.keys...)
	return append(b, "]}"...)
}
