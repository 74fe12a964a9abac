//go:build goexperiment.swissmap || go1.26

package main

import (
	"fmt"
	"math"
	"unsafe"
)

// loop is a range statement that the script stays in, between operations.
type loop struct {
	it         iterator
	begun      bool
	over       bool
	entry, dir uint64
	keys       []byte // that came, as the elements of a JSON array
	count      int
}

// underWay tells whether the loop keeps memory alive that the map has given up.
func (l *loop) underWay() bool { return l.begun && !l.over }

func runtimeMapiterinit(t *maptype, m unsafe.Pointer, it *iterator) { iterInit(it, t, m) }

// leaveLoop starts a range statement and leaves it at its first entry.
func (p *play) leaveLoop(o *op) {
	o.k, o.e = 1, 0
	p.beginLoop(o)
}

// place returns where a range begins that has just begun, as JSON's readers take
// it: without the highest bit, which no map is large enough for. Where nobody tells
// what was drawn, it is made numbers that people can read: only so much counts.
func (l *loop) place(h *header) [2]uint64 {
	if tellsDraws {
		return [2]uint64{l.it.entryOffset & math.MaxInt64, l.it.dirOffset & math.MaxInt64}
	}
	l.it.entryOffset %= maxTableSlots
	if h.dirLen > 0 {
		l.it.dirOffset %= uint64(h.dirLen)
	} else {
		l.it.dirOffset = 0
	}
	return [2]uint64{l.it.entryOffset, l.it.dirOffset}
}

func (l *loop) advance() { iterNext(&l.it) }

func (l *loop) next() { iterNext(&l.it) }

// beginLoop starts the range statement in a measured stretch.
func (p *play) beginLoop(o *op) {
	h := p.header()
	if o.e != 0 && (p.loop.underWay() || !h.growsSoon()) {
		o.kind = opSkip
		return
	}
	p.loop = loop{}
	p.g.Begin(p.mt, &p.loop.it)
	p.meter.stop()
	place := p.loop.place(h)
	p.loop.begun = true
	p.loop.entry, p.loop.dir = place[0], place[1]
	came := p.take(o.k)
	o.line = "range " + came
	if !tellsDraws {
		o.line += fmt.Sprintf(" from %d %d", p.loop.entry, p.loop.dir)
	}
	p.meter.start()
}

// goOn goes on with the loop under way, if there is one.
func (p *play) goOn(o *op) {
	if !p.loop.underWay() {
		o.kind = opSkip
		return
	}
	o.line = "next " + p.take(o.k)
}

// take lets most entries come, all when it is 0. It returns how many were asked
// for, as a script says it.
func (p *play) take(most int) string {
	l := &p.loop
	for n := 0; most == 0 || n < most; n++ {
		wantDraws(true)
		iterNext(&l.it)
		wantDraws(false)
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
	b = append(b, fmt.Sprintf(`,"range":{"entry":%d,"dir":%d,"over":%t,"keys":[`,
		p.loop.entry, p.loop.dir, p.loop.over)...)
	b = append(b, p.loop.keys...)
	return append(b, "]}"...)
}
