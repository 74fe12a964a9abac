package main

import (
	"fmt"
	"runtime"
)

// readsBeyond says that maps.Clone does so where more entries are in the array
// than it may hold.
var readsBeyond = release(runtime.Version()) == "1.21"

// rebuild makes a new map with len(m) as hint and has a range insert all
// entries, in a measured stretch. Each is a point of time for the model, and
// what is of note among them has its moment; the map before is in use as long
// as the range goes on. The line says where that began.
func (p *play) rebuild(o *op, verb string) error {
	p.loop = loop{}
	n := p.header().length()
	p.g.Begin(p.mt, &p.loop.it)
	p.loop.begun = true
	start := p.loop.place(p.header())
	forgetDraws() // the line tells these
	p.g.MakeHint(n)
	before := p.life.ops
	err := p.momentBetween()
	at := turnOf(p.header())
	for p.loop.advance(); p.loop.it.key != nil && err == nil; p.loop.next() {
		p.g.Move(p.loop.it.key, p.loop.it.elem)
		if now := turnOf(p.header()); now != at {
			at = now
			err = p.momentBetween()
			continue
		}
		p.life.ops++
	}
	p.life.ops = before + n // and one more, of the operation itself
	p.meter.stop()
	p.loop = loop{}
	o.line = fmt.Sprintf("%s from %d %d", verb, start[0], start[1])
	p.meter.start()
	return err
}

// momentBetween is one after the next point of time, inside a measured stretch.
func (p *play) momentBetween() error {
	p.life.ops++
	p.meter.stop()
	err := p.moment()
	p.meter.start()
	return err
}

// clone does what maps.Clone does.
func (p *play) clone(o *op) error {
	if readsBeyond && p.header().overloaded() {
		o.kind = opSkip
		return nil
	}
	if !copies {
		return p.rebuild(o, "clone")
	}
	p.loop = loop{}
	p.g.Clone()
	o.line = "clone"
	return nil
}
