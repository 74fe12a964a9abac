// race writes to maps from several goroutines without a lock, until its runtime ends it with "fatal
// error: concurrent map writes" and a core file. Before, it tells by println
//
//	map NAME ADDRESS ENTRIES TYPE
//
// of the map that they share and of two others. Its first argument is who races: writers (default),
// readers, loops, deletes, or rarely: two that mostly do other work. A goroutine whose last call
// before it was stopped is none of the map's was last seen with it.
package main

import (
	"os"
	"runtime"
	"time"
	"unsafe"
)

type key struct{ a, b int32 }

var (
	shared = map[int]int{}
	quiet  = map[string]int{"alone": 1}
	own    = map[key]bool{{1, 2}: true}
	wait   = make(chan int)
	sum    int
)

func say(name string, p unsafe.Pointer, n int, typ string) {
	println("map", name, p, n, typ)
}

//go:noinline
func write(m map[int]int, from int) {
	for i := from; ; i++ {
		m[i%1000] = i // the line that writes
	}
}

//go:noinline
func remove(m map[int]int) {
	for i := 0; ; i++ {
		delete(m, i%1000) // the line that deletes
	}
}

//go:noinline
func read(m map[int]int) {
	for i := 0; ; i++ {
		sum += m[i%1000] // the line that reads
	}
}

//go:noinline
func loop(m map[int]int) {
	for {
		for k := range m { // the line that ranges
			sum += k
		}
	}
}

func work() {
	for i := 0; i < 1000000; i++ {
		sum += i * i
	}
}

//go:noinline
func rarely(m map[int]int) {
	for i := 0; ; i++ {
		for k := 0; k < 100; k++ {
			m[k] = i
		}
		work() // becomes a part of it, and takes most of its time
	}
}

//go:noinline
func parked(m map[string]int) {
	<-wait // has a map, and does nothing with it
	m["parked"] = 1
}

func main() {
	who := "writers"
	if len(os.Args) > 1 {
		who = os.Args[1]
	}
	runtime.GOMAXPROCS(4)
	for i := 0; i < 1000; i++ {
		shared[i] = i
	}
	say("main.shared", *(*unsafe.Pointer)(unsafe.Pointer(&shared)), len(shared), "map[int]int")
	say("main.quiet", *(*unsafe.Pointer)(unsafe.Pointer(&quiet)), len(quiet), "map[string]int")
	say("main.own", *(*unsafe.Pointer)(unsafe.Pointer(&own)), len(own), "map[main.key]bool")
	go parked(quiet)
	if who == "rarely" {
		go rarely(shared)
	} else {
		go write(shared, 0)
	}
	switch who {
	case "readers":
		go read(shared)
	case "loops":
		go loop(shared)
	case "deletes":
		go remove(shared)
	case "rarely":
		go rarely(shared)
	default:
		go write(shared, 500)
	}
	for {
		time.Sleep(time.Second)
	}
}
