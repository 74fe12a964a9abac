// parked holds maps in local variables of goroutines that wait, tells of each by println
//
//	map NAME ADDRESS ENTRIES TYPE
//
// and ends itself with a core file when it is told "crash".
package main

import (
	"os"
	"unsafe"
)

var (
	wait  = make(chan int)
	ready = make(chan int)
	sum   int
)

// One map on one line; m is the map itself.
func say(name string, m map[string]int) {
	println("map", name, *(*unsafe.Pointer)(unsafe.Pointer(&m)), len(m), "map[string]int")
}

//go:noinline
func fill(n int) map[string]int {
	m := make(map[string]int)
	for i := 0; i < n; i++ {
		m[string([]byte{'k', byte('a' + i%26), byte('a' + i/26)})] = i
	}
	return m
}

// Used behind the wait, so that it is still there while it waits.
func use(m map[string]int) { sum += len(m) }

//go:noinline
func worker(n int) {
	local := fill(n)
	say("main.worker.local", local)
	ready <- 1
	<-wait
	use(local)
}


// Small enough to become a part of whoever calls it.
func within(n int) {
	inner := fill(n)
	say("main.within.inner", inner)
	ready <- 1
	<-wait
	use(inner)
}

//go:noinline
func outer() {
	within(31)
	sum++
}

//go:noinline
func closure() func() {
	caught := fill(40)
	other := fill(41)
	say("main.closure.func2.caught", caught)
	change := func() { other = fill(42) }
	change()
	say("main.closure.func2.other", other)
	return func() {
		ready <- 1
		<-wait
		use(caught)
		use(other)
		change()
	}
}

//go:noinline
func repeat(f func()) {
	for i := 0; i < 2; i++ {
		f()
	}
}

// Only who calls the function again still leads to what it has caught.
//
//go:noinline
func repeater() {
	again := fill(60)
	say("main.repeater.func1.again", again)
	repeat(func() {
		use(again)
		ready <- 1
		<-wait
	})
}

// Nobody needs it any more while it waits.
//
//go:noinline
func leaver() {
	gone := fill(50)
	use(gone)
	ready <- 1
	<-wait
}

//go:noinline
func never() {
	unseen := fill(3)
	<-wait
	use(unseen)
}

func main() {
	go worker(10)
	<-ready
	go worker(11)
	<-ready
	go outer()
	<-ready
	f := closure()
	go f()
	<-ready
	go repeater()
	<-ready
	go leaver()
	<-ready
	if len(os.Args) > 1 {
		never()
	}
	println("ready")
	var word [8]byte
	n, _ := os.Stdin.Read(word[:])
	if n > 0 && word[0] == 'c' {
		var nowhere *int
		*nowhere = 1
	}
}
