// tries fills maps of package sync, which are tries since Go 1.24 and pairs of maps before, tells
// how many entries each has by println
//
//	trie NAME ENTRIES
//
// and then waits to be looked at; or ends itself with a core file when it is told "crash".
package main

import (
	"os"
	"strconv"
	"sync"
)

type session struct {
	id   int
	tags map[string]bool
}

type cache struct {
	hits  int
	items sync.Map
}

var (
	sessions sync.Map // strings to sessions; some are gone again
	caches   [2]cache
	far      = new(sync.Map)
	vacant   sync.Map // written to once, and emptied
	held     interface{}
	others   []func()
)

func fill(m *sync.Map, n int) {
	for i := 0; i < n; i++ {
		m.Store(i*i, i)
	}
}

func main() {
	for i := 0; i < 400; i++ {
		sessions.Store("sess:"+strconv.Itoa(i), &session{i, map[string]bool{"on": true}})
	}
	for i := 0; i < 100; i++ {
		sessions.Delete("sess:" + strconv.Itoa(i*3))
	}
	// The read-only map is made of the other one.
	for i := 0; i < 3000; i++ {
		sessions.Load("none")
	}
	sessions.Store("last", &session{id: -1})
	fill(&caches[0].items, 3)
	fill(&caches[1].items, 40)
	fill(far, 17)
	vacant.Store(1, 2)
	vacant.Delete(1)
	var local sync.Map
	fill(&local, 5)
	held = &local
	println("trie main.sessions", 301)
	println("trie main.caches[0].items", 3)
	println("trie main.caches[1].items", 40)
	println("trie main.far", 17)
	println("trie main.held", 5)
	for _, f := range others {
		f()
	}
	println("ready")
	var word [8]byte
	n, _ := os.Stdin.Read(word[:])
	if n >= 5 && string(word[:5]) == "crash" {
		panic("crash")
	}
}
