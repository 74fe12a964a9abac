// reach holds maps by everything that can hold one, and drops others; it tells of each by println
//
//	map NAME ADDRESS ENTRIES TYPE
//
// where the name says who holds it: "garbage.." is held by nothing. It waits to be looked at, or
// ends itself with a core file when it is told "crash". Nothing is collected in between.
package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"unsafe"
)

type node struct {
	id   int
	m    map[int]int
	next *node
}

// Larger than 512 bytes: it begins with its type.
type wide struct {
	pad  [80]uint64
	m    map[int]int
	name string
}

// Larger than 32 kB: its span has its type.
type vast struct {
	pad [5000]uint64
	m   map[int]int
	end [100]uint64
}

type owner struct{ m map[int]int }

var (
	variable map[int]int
	list     *node
	closure  func() int
	any      interface{}
	widest   []wide
	big      *vast
	outer    map[string]map[int]int
	queue    = make(chan map[int]int, 1)
	pointers [300]*node
	number   uintptr
	hidden   unsafe.Pointer
	done     = make(chan bool)
	wait     = make(chan bool)
	sum      int
)

//go:noinline
func fill(n int) map[int]int {
	m := make(map[int]int)
	for i := 0; i < n; i++ {
		m[i] = i
	}
	return m
}

//go:noinline
func say(name string, m map[int]int) {
	println("map", name, *(*unsafe.Pointer)(unsafe.Pointer(&m)), len(m), "map[int]int")
}

// Each goes on a stack of its own.
func apart(f func()) {
	go func() {
		f()
		done <- true
	}()
	<-done
}

func told(name string, n int) map[int]int {
	m := fill(n)
	say(name, m)
	return m
}

func hold() {
	variable = told("variable", 10)
	for i := 0; i < 3; i++ {
		list = &node{id: i, next: list}
	}
	list.next.next.m = told("list", 11)
	caught := told("closure", 12)
	closure = func() int { return len(caught) }
	any = owner{told("any", 13)}
	widest = make([]wide, 3)
	widest[2].m = told("widest", 14)
	big = new(vast)
	big.m = told("big", 15)
	outer = map[string]map[int]int{"in": told("outer", 16)}
	queue <- told("queue", 17)
	pointers[299] = &node{m: told("pointers", 18)}
	hidden = unsafe.Pointer(&node{m: told("hidden", 19)})
	kept := &owner{told("finalizer", 20)}
	runtime.SetFinalizer(kept, func(o *owner) { sum += len(o.m) })
}

func drop() {
	told("garbage", 30)
	(&node{m: told("garbage.node", 31)}).id = 1
	ring := &node{m: told("garbage.ring", 32)}
	ring.next = &node{next: ring}
	lost := map[string]map[int]int{"in": told("garbage.outer", 33)}
	sum += len(lost)
	space := make([]wide, 4)
	space[3].m = told("garbage.widest", 34)
	m := told("garbage.number", 35)
	number = uintptr(*(*unsafe.Pointer)(unsafe.Pointer(&m)))
	// A number in an object that has pointers too.
	list.id = int(number)
}

// Used behind the wait, so that it is still there while it waits.
//
//go:noinline
func worker() {
	local := told("worker", 40)
	done <- true
	<-wait
	sum += len(local)
}

func main() {
	debug.SetGCPercent(-1)
	apart(hold)
	apart(drop)
	go worker()
	<-done
	println("ready")
	var word [8]byte
	n, _ := os.Stdin.Read(word[:])
	if n > 0 && word[0] == 'c' {
		var nowhere *int
		*nowhere = 1
	}
}
