// demo holds maps of many kinds in many places, tells of each by println
//
//	map NAME ADDRESS ENTRIES TYPE
//
// and then waits to be looked at; or ends itself with a core file when it is told "crash".
package main

import (
	"os"
	"unsafe"
)

type rec struct {
	id   int
	tags map[string]bool
	next *rec
}

type point struct {
	x, y int16
	name string
}

type big struct{ a [20]int64 } // larger than 128 bytes: stored by pointer

type limits struct{ perUser map[string]int64 }

type config struct {
	byName map[string]*rec
	byID   map[uint32]point
	limits *limits
}

type set[K comparable] map[K]struct{}

type shard struct {
	pad [3]int
	m   map[int]int
}

var (
	users   map[string]int
	cfg     config
	shards  [3]shard
	held    interface{}
	list    []map[int32]bool
	names   set[string]
	nested  map[string]map[int]string
	none    = map[int]int{}
	nilmap  map[int]int
	chain   *rec
	emptied map[int64][4]int64
	dead    map[int]string
	large   map[uint64]uint64
	bigs    map[big]big
	floats  map[float64]interface{}
	queue   = make(chan map[int]float32, 2)
)

func str(i int) string {
	s := []byte("key-")
	if i >= 100 {
		s = append(s, byte('0'+i/100%10))
	}
	if i >= 10 {
		s = append(s, byte('0'+i/10%10))
	}
	return string(append(s, byte('0'+i%10)))
}

func fillInts(n int) map[int]int {
	m := make(map[int]int)
	for i := 0; i < n; i++ {
		m[3*i] = i
	}
	return m
}

func build() {
	users = make(map[string]int)
	for i := 0; i < 100; i++ {
		users[str(i)] = i * i
	}
	cfg.byName = map[string]*rec{"one": {id: 1}, "two": {id: 2}}
	cfg.byID = make(map[uint32]point)
	for i := 0; i < 20; i++ {
		cfg.byID[uint32(i)] = point{int16(i), int16(-i), str(i)}
	}
	cfg.limits = &limits{map[string]int64{"a": 1, "b": -2}}
	for i := range shards {
		shards[i].m = fillInts(12 * (i + 1))
	}
	held = map[int]string{1: "one", 2: "two\x1b[31m", 3: "\"three\""}
	for i := 0; i < 3; i++ {
		m := make(map[int32]bool)
		for k := 0; k < 9*i+1; k++ {
			m[int32(k)] = k%2 == 0
		}
		list = append(list, m)
	}
	names = set[string]{"x": {}, "y": {}}
	nested = map[string]map[int]string{"in": {7: "seven"}}
	for i := 0; i < 3; i++ {
		chain = &rec{id: i, tags: map[string]bool{str(i): true}, next: chain}
	}
	emptied = make(map[int64][4]int64)
	for i := int64(0); i < 500; i++ {
		emptied[i] = [4]int64{i}
	}
	for i := int64(0); i < 500; i++ {
		delete(emptied, i)
	}
	dead = make(map[int]string)
	for i := 0; i < 300; i++ {
		dead[i] = str(i)
	}
	for i := 0; i < 150; i++ {
		delete(dead, 2*i)
	}
	large = make(map[uint64]uint64)
	for i := uint64(0); i < 3000; i++ {
		large[i*i] = i
	}
	bigs = map[big]big{{}: {}, {[20]int64{1}}: {[20]int64{2}}}
	floats = map[float64]interface{}{0.5: "half", -1: 7, 2: nil}
	queue <- map[int]float32{1: 0.5}
}

// One map on one line; m is a pointer to the variable.
func say(name string, m unsafe.Pointer, entries int, typ string) {
	println("map", name, *(*unsafe.Pointer)(m), entries, typ)
}

func tell() {
	say("main.users", unsafe.Pointer(&users), len(users), "map[string]int")
	say("main.cfg.byName", unsafe.Pointer(&cfg.byName), len(cfg.byName), "map[string]*main.rec")
	say("main.cfg.byID", unsafe.Pointer(&cfg.byID), len(cfg.byID), "map[uint32]main.point")
	say("main.cfg.limits.perUser", unsafe.Pointer(&cfg.limits.perUser),
		len(cfg.limits.perUser), "map[string]int64")
	say("main.shards[0].m", unsafe.Pointer(&shards[0].m), len(shards[0].m), "map[int]int")
	say("main.shards[1].m", unsafe.Pointer(&shards[1].m), len(shards[1].m), "map[int]int")
	say("main.shards[2].m", unsafe.Pointer(&shards[2].m), len(shards[2].m), "map[int]int")
	h := held.(map[int]string)
	say("main.held", unsafe.Pointer(&h), len(h), "map[int]string")
	say("main.list[0]", unsafe.Pointer(&list[0]), len(list[0]), "map[int32]bool")
	say("main.list[1]", unsafe.Pointer(&list[1]), len(list[1]), "map[int32]bool")
	say("main.list[2]", unsafe.Pointer(&list[2]), len(list[2]), "map[int32]bool")
	say("main.names", unsafe.Pointer(&names), len(names), "main.set[string]")
	say("main.nested", unsafe.Pointer(&nested), len(nested), "map[string]map[int]string")
	in := nested["in"]
	say("main.nested[\"in\"]", unsafe.Pointer(&in), len(in), "map[int]string")
	say("main.chain.tags", unsafe.Pointer(&chain.tags), len(chain.tags), "map[string]bool")
	say("main.chain.next.tags", unsafe.Pointer(&chain.next.tags), len(chain.next.tags),
		"map[string]bool")
	say("main.emptied", unsafe.Pointer(&emptied), len(emptied), "map[int64][4]int64")
	say("main.dead", unsafe.Pointer(&dead), len(dead), "map[int]string")
	say("main.large", unsafe.Pointer(&large), len(large), "map[uint64]uint64")
	say("main.bigs", unsafe.Pointer(&bigs), len(bigs), "map[main.big]main.big")
	say("main.floats", unsafe.Pointer(&floats), len(floats), "map[float64]interface {}")
	m := <-queue
	say("-", unsafe.Pointer(&m), len(m), "map[int]float32")
	queue <- m
}

func main() {
	build()
	tell()
	println("ready", len(none), len(nilmap))
	var word [8]byte
	n, _ := os.Stdin.Read(word[:])
	if n > 0 && word[0] == 'c' {
		var nowhere *int
		*nowhere = 1
	}
}
