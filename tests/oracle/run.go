package main

import (
	"errors"
	"fmt"
	"math/rand"
	"reflect"
	"runtime"
	"strconv"
	"unsafe"
)

// runner plays scripts, one map after another, in this process.
type runner struct {
	inuse bool // collect at every snapshot
	meter heapMeter
}

func newRunner() *runner {
	return &runner{meter: heapMeter{ours: map[uintptr]bool{}}}
}

// errNoise says that something else allocated while the map was measured.
var errNoise = errors.New("heap profile and counters differ")

// play runs s and returns the script as text and what the memory held. The
// counters see the runtime's own rare allocations too, a timer's for one; the
// profile tells, and then the script runs again.
func (r *runner) play(s *script) (hm, json []byte, err error) {
	for try := 0; try < 5; try++ {
		hm, json, err = r.playOnce(s)
		if !errors.Is(err, errNoise) {
			break
		}
	}
	return hm, json, err
}

func (r *runner) playOnce(s *script) (hm, json []byte, err error) {
	if err := r.meter.reset(); err != nil {
		return nil, nil, err
	}
	again := *s // its steps may change as they meet the hash
	again.ops = append([]op(nil), s.ops...)
	p := &play{runner: r, script: &again, g: s.pair.make(), rng: rand.New(rand.NewSource(s.seed ^ 0x5eed))}
	p.t = p.g.Type()
	p.mt = mapTypeOf(p.t)
	p.mask = unitMask(p.mt, p.t)
	p.reflexive = reflexive(p.t.Key())
	p.prepare()
	p.begin()
	err = p.make()
	if err == nil {
		err = p.steps()
	}
	if err == nil {
		p.finish()
	}
	runtime.KeepAlive(p.g)
	return p.hm, p.json, err
}

// play is one script in progress.
type play struct {
	*runner
	*script
	g         subject
	t         reflect.Type
	mt        *maptype
	mask      []bool
	reflexive bool          // Clear empties the map whatever its keys
	slots     reflect.Value // the keys where the subject has them
	rng       *rand.Rand
	hm, json  []byte
	snapshots int
	life      lifecycle
	scratch   []byte
	loop      loop
}

// prepare puts the keys and elems where the compiled code finds them.
func (p *play) prepare() {
	keys, elems := p.g.Slots(len(p.keys), len(p.elems))
	for i, v := range p.keys {
		keys.Index(i).Set(v)
	}
	p.slots = keys
	for i, v := range p.elems {
		elems.Index(i).Set(v)
	}
}

func (p *play) header() *header { return (*header)(p.g.Header()) }

// begin writes both files' heads.
func (p *play) begin() {
	family, key := hashFamily()
	switch v := release(runtime.Version()); v {
	case "1.18", "1.19", "1.20":
	default:
		p.hm = append(p.hm, "go "+v+"\n"...)
	}
	p.hm = append(p.hm, "map "+p.pair.text+"\narch "+runtime.GOARCH+"\nhash "+family+" "+key+"\n"...)
	p.json = append(p.json, `{"format":"hmapview/1","engine":"`+engine+`","type":`...)
	p.json = appendJSON(p.json, p.pair.text)
	p.json = append(p.json, fmt.Sprintf(`,"arch":%q,"go":%q,"hash":%q,"hashkey":%q,"keysize":%d,"elemsize":%d,`+
		`%s,"mapflags":%d,"snapshots":[`, runtime.GOARCH, runtime.Version(), family, key,
		p.keySize(), p.elemSize(), p.layout(), p.mt.flags)...)
}

func (p *play) make() error {
	forgetDraws()
	p.meter.start()
	if p.hint == noHint {
		p.g.Make()
	} else {
		p.g.MakeHint(p.hint)
	}
	p.meter.stop()
	p.writeSeed()
	p.hm = append(p.hm, "make"...)
	if p.hint != noHint {
		p.hm = append(p.hm, ' ')
		p.hm = strconv.AppendInt(p.hm, int64(p.hint), 10)
	}
	p.hm = append(p.hm, '\n')
	p.life.ops++
	return p.moment()
}

// writeSeed names the seed that the next operation draws.
func (p *play) writeSeed() {
	if tellsDraws { // it is among them
		p.hm = takeDraws(p.hm)
		return
	}
	p.hm = append(p.hm, "seed "+p.header().seedText()+"\n"...)
}

// steps runs the operations. Text is written between measured stretches; a
// stretch ends where something is to be written that cannot wait.
func (p *play) steps() error {
	written := 0 // operations whose lines are in hm
	p.meter.start()
	for i := range p.ops {
		o := &p.ops[i]
		h := p.header()
		seed, before := h.seedValue(), turnOf(h)
		switch o.kind {
		case opArrange:
			p.meter.stop()
			p.arrange(p.ops[i+1 : i+1+o.e])
			forgetDraws()
			p.meter.start()
		case opCollide:
			p.meter.stop()
			p.collide(p.ops[i+1:i+1+o.e], uint8(o.k))
			p.meter.start()
		case opInsert:
			p.g.Insert(o.k, o.e)
		case opDelete:
			p.g.Delete(o.k)
		case opLookup:
			p.g.Lookup(o.k)
		case opRange:
			p.leaveLoop(o)
		case opLoop:
			p.beginLoop(o)
		case opNext:
			p.meter.stop()
			p.goOn(o)
			p.meter.start()
		case opRebuild:
			if err := p.rebuild(o, "rebuild"); err != nil {
				return err
			}
			h = p.header()
		case opClone:
			if err := p.clone(o); err != nil {
				return err
			}
			h = p.header()
		case opClear:
			if p.reflexive {
				p.g.Clear()
			} else { // the compiler turns the loop into this call for other keys only
				runtimeMapclear(p.mt, p.g.Header())
			}
		}
		drew := h.seedValue() != seed || countDraws() > 0
		shoot := o.kind == opSnapshot
		began, under := h.growth(before)
		grows := !shoot && (began && p.rng.Intn(3) == 0 || under && p.rng.Intn(p.rarely) == 0)
		if o.kind.counts() {
			p.life.ops++
		}
		moment := p.momentAfter(o, before)
		if !drew && !shoot && !grows && !moment {
			continue
		}
		p.meter.stop()
		if moment {
			if err := p.moment(); err != nil {
				return err
			}
		}
		if !drew && !shoot && !grows {
			p.meter.start()
			continue
		}
		p.writeOps(written, i)
		if drew {
			p.writeSeed()
		}
		p.writeOps(i, i+1)
		written = i + 1
		if shoot || grows {
			title := o.line
			if grows {
				title = "growing " + strconv.Itoa(i)
			}
			if err := p.snapshot(title); err != nil {
				return fmt.Errorf("%s: operation %d: %w", p.pair.text, i, err)
			}
		}
		p.meter.start()
	}
	p.meter.stop()
	p.writeOps(written, len(p.ops))
	return nil
}

// collide drops the steps whose key lies elsewhere than the first one's.
func (p *play) collide(ops []op, logarithm uint8) {
	place := p.home(ops[0].k, logarithm)
	for i := range ops {
		if p.home(ops[i].k, logarithm) != place {
			ops[i].kind = opSkip
		}
	}
}

func (p *play) key(k int) unsafe.Pointer {
	return unsafe.Pointer(p.slots.Index(k).UnsafeAddr())
}

func (p *play) writeOps(from, to int) {
	for _, o := range p.ops[from:to] {
		if o.kind < opSnapshot {
			p.hm = append(p.hm, o.line...)
			p.hm = append(p.hm, '\n')
		}
	}
}

// takeKey notes that a range statement came to a key.
func (p *play) takeKey(key unsafe.Pointer) {
	if p.loop.count > 0 {
		p.loop.keys = append(p.loop.keys, ',')
	}
	p.loop.count++
	p.scratch = appendLiteral(p.scratch[:0], reflect.NewAt(p.t.Key(), key).Elem())
	p.loop.keys = appendJSON(p.loop.keys, string(p.scratch))
}

// finish writes what the heap profile says once the garbage is gone.
func (p *play) finish() {
	p.loop = loop{}
	f := p.meter.collect()
	objects, bytes := f.inuse()
	p.json = append(p.json, `],"lifecycle":[`...)
	p.json = append(p.json, p.life.moments...)
	p.json = append(p.json, fmt.Sprintf(`],"pprof_after_gc":{"alloc_objects":%d,"alloc_space":%d,`+
		`"inuse_objects":%d,"inuse_space":%d}}`, f.allocObjects, f.allocBytes, objects, bytes)...)
	p.json = append(p.json, '\n')
}
