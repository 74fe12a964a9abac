package main

import (
	"flag"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
)

// The hash key is drawn once in a process, and the choice of hash function is
// made at its start; so scripts are shared out to child processes.
const scriptsPerProcess = 125

type options struct {
	count, first, big int
	seed              int64
	dir, hash, only   string
	emulator          string
	inuse             bool
	child, draws      bool
	jobs              int
}

func record(args []string) error {
	var o options
	f := flag.NewFlagSet("record", flag.ContinueOnError)
	f.IntVar(&o.count, "n", 100, "how many scripts")
	f.IntVar(&o.first, "first", 0, "number of the first script")
	f.Int64Var(&o.seed, "seed", 1, "start of the scripts' randomness")
	f.StringVar(&o.dir, "o", ".", "directory to write to")
	f.StringVar(&o.hash, "hash", "both", "aes, wyhash or both")
	f.StringVar(&o.only, "only", "", "only types that contain this text")
	f.IntVar(&o.big, "big", 0, "insert this many keys in each script")
	f.BoolVar(&o.inuse, "inuse", false, "collect garbage and report memory in use at every snapshot")
	f.BoolVar(&o.draws, "draws", false, "record what the runtime draws, and keys that are NaN")
	f.IntVar(&o.jobs, "j", runtime.NumCPU(), "processes at a time")
	f.StringVar(&o.emulator, "emulator", "", "what runs this program, when the machine does not")
	f.BoolVar(&o.child, "child", false, "record in this process")
	if err := f.Parse(args); err != nil {
		return err
	}
	if o.child {
		return recordHere(&o)
	}
	return o.split()
}

// split runs a child for each group of scripts, with AES off in every second
// one when both hash functions are asked for.
func (o *options) split() error {
	if err := os.MkdirAll(o.dir, 0o777); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	var lock sync.Mutex
	var failed error
	slots := make(chan bool, o.jobs)
	step := scriptsPerProcess
	if o.hash == "both" && o.count < 2*step {
		step = (o.count + 1) / 2
	}
	for first, n := 0, 0; first < o.count; first, n = first+step, n+1 {
		count := step
		if count > o.count-first {
			count = o.count - first
		}
		hash := o.hash
		if hash == "both" {
			hash = []string{"aes", "wyhash"}[n%2]
		}
		args := []string{"record", "-child", "-o", o.dir, "-hash", hash, "-only", o.only,
			fmt.Sprint("-n=", count), fmt.Sprint("-first=", o.first+first), fmt.Sprint("-seed=", o.seed),
			fmt.Sprint("-big=", o.big), fmt.Sprint("-inuse=", o.inuse), fmt.Sprint("-draws=", o.draws)}
		group.Add(1)
		slots <- true
		go func() {
			defer group.Done()
			err := runChild(o.emulator, self, hash, args)
			<-slots
			if err != nil {
				lock.Lock()
				failed = err
				lock.Unlock()
			}
		}()
	}
	group.Wait()
	return failed
}

func runChild(emulator, self, hash string, args []string) error {
	if emulator != "" {
		self, args = emulator, append([]string{self}, args...)
	}
	c := exec.Command(self, args...)
	c.Env = os.Environ()
	switch runtime.GOARCH {
	case "amd64", "386", "arm64": // the others have no such hash
		if hash == "wyhash" {
			c.Env = append(c.Env, "GODEBUG=cpu.aes=off")
		}
	}
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	return c.Run()
}

// quiet makes allocation counts exact: one processor, no background collector.
func quiet() {
	runtime.GOMAXPROCS(1)
	runtime.MemProfileRate = 0
	debug.SetGCPercent(-1)
	runtime.GC()
}

func recordHere(o *options) error {
	var choice []*pair
	if o.draws && !tellsDraws {
		return fmt.Errorf("this runtime does not tell what it draws: build with overlay and -tags draws")
	}
	for i := range pairs {
		if strings.Contains(pairs[i].text, o.only) && (!o.draws || drawsMatter(pairs[i].text)) {
			choice = append(choice, &pairs[i])
		}
	}
	if len(choice) == 0 {
		return fmt.Errorf("no type contains %q", o.only)
	}
	family, _ := hashFamily()
	if o.hash != family {
		return fmt.Errorf("hash is %s, wanted %s", family, o.hash)
	}
	quiet()
	r := newRunner()
	for i := o.first; i < o.first+o.count; i++ {
		seed := o.seed*1000003 + int64(i)
		rng := rand.New(rand.NewSource(seed))
		p := choice[rng.Intn(len(choice))]
		r.inuse = o.inuse || rng.Intn(4) == 0
		var s *script
		if o.big > 0 {
			s = bigScript(p, seed, o.big)
		} else if o.draws {
			s = drawScript(p, seed)
		} else {
			s = randomScript(p, seed)
		}
		name := fmt.Sprintf("%s.%s.%s.%06d", runtime.Version(), runtime.GOARCH, family, i)
		if err := r.save(s, filepath.Join(o.dir, name)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// save plays a script and writes its two files.
func (r *runner) save(s *script, path string) error {
	hm, json, err := r.play(s)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".hm", hm, 0o666); err != nil {
		return err
	}
	return os.WriteFile(path+".json", json, 0o666)
}
