package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// curated records a small script for each type. Which arch, hash and release
// a type gets is the caller's choice: this process has only one of each.
func curated(args []string) error {
	f := flag.NewFlagSet("curated", flag.ContinueOnError)
	dir := f.String("o", ".", "directory to write to")
	hash := f.String("hash", "aes", "aes or wyhash")
	first := f.Int("first", 0, "number of the first type")
	every := f.Int("every", 1, "distance to the next type")
	seed := f.Int64("seed", 1, "start of the scripts' randomness")
	only := f.String("only", "", "this type alone")
	life := f.Bool("life", false, "the whole life of a map instead of a part")
	loops := f.Bool("loops", false, "range loops while a map changes instead of a part")
	child := f.Bool("child", false, "record in this process")
	if err := f.Parse(args); err != nil {
		return err
	}
	if !*child {
		self, err := os.Executable()
		if err != nil {
			return err
		}
		if err := os.MkdirAll(*dir, 0o777); err != nil {
			return err
		}
		return runChild("", self, *hash, append([]string{"curated", "-child"}, args...))
	}
	family, _ := hashFamily()
	if *hash != family {
		return fmt.Errorf("hash is %s, wanted %s", family, *hash)
	}
	quiet()
	r := newRunner()
	r.inuse = true
	for i := *first; i < len(pairs); i += *every {
		p := &pairs[i]
		if *only != "" && p.text != *only {
			continue
		}
		name := fmt.Sprintf("%s.%s.%s", p.slug, runtime.GOARCH, family)
		if v := release(runtime.Version()); v != "1.19" {
			name += ".go" + v
		}
		script := smallScript(p, *seed+int64(i), i)
		if *life {
			script, name = lifeScript(p, *seed+int64(i)), "life."+name
		}
		if *loops {
			script, name = loopScript(p, *seed+int64(i)), "loops."+name
		}
		if err := r.save(script, filepath.Join(*dir, name)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// loopScript walks through a map before, in and after growths, and over a clear.
func loopScript(p *pair, seed int64) *script {
	m := newMaker(p, seed)
	m.gen.dense = 300
	m.budget = 30000
	m.mix(30, 0)
	for i := 0; i < 2; i++ {
		m.add(opLoop, 5, 0, "")
		m.grow()
		m.add(opNext, 4, 0, "")
		m.snapshot("gone on")
		m.remove(m.liveKey())
		m.remove(m.liveKey())
		m.add(opNext, 0, 0, "")
		m.snapshot("to its end")
		m.add(opLoop, 0, 0, "")
		m.snapshot("as a whole")
		m.add(opLoop, 3, 0, "")
		m.mix(20, 40)
		m.add(opNext, 0, 0, "")
		m.snapshot("among changes")
	}
	m.grow()
	m.loopInGrowth()
	m.clear()
	m.add(opNext, 0, 0, "")
	m.snapshot("over a clear")
	m.mix(20, 0)
	m.add(opLoop, 0, 0, "")
	m.snapshot("end")
	return m.script
}

// smallScript is a short tour of what can happen to a map.
func smallScript(p *pair, seed int64, tour int) *script {
	m := newMaker(p, seed)
	m.gen.dense = 40
	m.budget = 15000
	switch tour / 4 % 5 {
	case 0:
		m.mix(12, 10)
		m.snapshot("few")
		m.mix(30, 20)
		m.add(opRange, 0, 0, "range")
		m.mix(30, 40)
	case 1:
		m.hint = 9 + m.rng.Intn(12)
		m.mix(20, 5)
		m.snapshot("before clear")
		m.clear()
		m.snapshot("after clear")
		m.mix(25, 10)
	case 2:
		m.mix(30, 0)
		m.drain(0)
		m.snapshot("drained")
		m.mix(20, 0)
	case 3:
		m.hint = m.rng.Intn(9)
		n := 300
		if m.t.Key().Size()+m.t.Elem().Size() > 48 {
			n = 80 // long lines
		}
		m.queue(n, 18)
		m.add(opRange, 0, 0, "range")
		m.mix(12, 50)
	case 4:
		m.gen.dense = 300
		n := 60
		if m.t.Key().Size()+m.t.Elem().Size() > 48 {
			n = 30
		}
		m.collide(n<<3, 3)
		m.mix(10, 50)
	}
	m.snapshot("end")
	return m.script
}

// lifeScript is the life of one map: filled, used as a queue until it grows in
// place, emptied, filled again and cleared.
func lifeScript(p *pair, seed int64) *script {
	m := newMaker(p, seed)
	m.gen.dense = 2000
	m.budget = 9000
	m.seldom = 6
	m.mix(56, 0)
	m.queue(400, 50)
	m.drain(0)
	m.snapshot("drained")
	m.mix(40, 0)
	m.clear()
	m.mix(20, 10)
	m.snapshot("end")
	return m.script
}
