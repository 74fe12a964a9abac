package main

import "fmt"

// lifecycle is what the heap profile says at moments of a script, each after a
// collection: when the map was made, wherever a growth starts or ends, when it
// is cleared, gets its first entry or loses its last, and now and then. While a
// range loop is under way, which keeps what the map has given up, only what was
// allocated is told.
type lifecycle struct {
	ops     int // operations so far, as the model counts points of time
	moments []byte
}

// counts says whether the operation is a point of time.
func (k opKind) counts() bool {
	return k == opInsert || k == opDelete || k == opRange || k == opLoop || k == opNext || k == opClear ||
		k == opRebuild || k == opClone
}

// momentAfter says whether there is one after the operation that just ran.
func (p *play) momentAfter(o *op, before turn) bool {
	if !o.kind.counts() {
		return false
	}
	return o.kind == opClear || o.kind == opRebuild || o.kind == opClone || turnOf(p.header()) != before || p.rng.Intn(p.seldom) == 0
}

// moment writes one down; the meter must be stopped.
func (p *play) moment() error {
	f := p.meter.collect()
	if f.allocObjects != int64(p.meter.objects) || f.allocBytes != int64(p.meter.bytes) {
		return fmt.Errorf("%w: %d objects, %d bytes and %d, %d", errNoise,
			f.allocObjects, f.allocBytes, p.meter.objects, p.meter.bytes)
	}
	b := p.life.moments
	if len(b) > 0 {
		b = append(b, ',')
	}
	b = append(b, fmt.Sprintf(`{"op":%d,"alloc_objects":%d,"alloc_space":%d`, p.life.ops,
		f.allocObjects, f.allocBytes)...)
	if !p.loop.underWay() {
		objects, bytes := f.inuse()
		b = append(b, fmt.Sprintf(`,"inuse_objects":%d,"inuse_space":%d`, objects, bytes)...)
	}
	p.life.moments = append(b, '}')
	return nil
}
