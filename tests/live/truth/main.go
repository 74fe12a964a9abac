// truth fills its memory with maps, garbage and goroutines, says by println what the runtime has to
// say of it
//
//	HEAPALLOC HEAPINUSE STACKINUSE
//
// and waits to be looked at. Nothing is allocated in between.
package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

type pod struct {
	labels map[string]string
	never  map[int]int
}

var (
	ints  = make(map[int]int)
	texts = make(map[string]string)
	pods  []pod
	gone  = make(map[int][4]int)
	noise [][]byte
)

func text(n, size int) string {
	b := make([]byte, size)
	for i := range b {
		b[i] = 'a' + byte(n%26)
		if i%3 == 2 {
			n /= 26
		}
	}
	return string(b)
}

// A goroutine whose stack has grown.
func wait(depth int, done chan bool) {
	var room [256]byte
	room[depth] = 1
	if depth > 0 {
		wait(depth-1, done)
		return
	}
	<-done
}

func main() {
	for i := 0; i < 200000; i++ {
		ints[i] = i
	}
	for i := 0; i < 20000; i++ {
		texts[text(i, 24)] = text(i, 100)
	}
	for i := 0; i < 3000; i++ {
		pods = append(pods, pod{map[string]string{"app": "x", "env": "y", "tier": "z"},
			map[int]int{}})
	}
	for i := 0; i < 30000; i++ {
		gone[i] = [4]int{i}
	}
	for i := 0; i < 30000; i++ {
		delete(gone, i)
	}
	for i := 0; i < 20000; i++ {
		noise = append(noise, make([]byte, 512))
	}
	for i := range noise {
		if i%2 == 0 {
			noise[i] = nil
		}
	}
	done := make(chan bool)
	for i := 0; i < 50; i++ {
		go wait(40, done)
	}
	for i := 0; i < 3; i++ {
		runtime.Gosched()
		runtime.GC()
	}
	debug.SetGCPercent(-1)
	var m runtime.MemStats
	var word [8]byte
	runtime.ReadMemStats(&m)
	println(m.HeapAlloc, m.HeapInuse, m.StackInuse)
	os.Stdin.Read(word[:])
	runtime.KeepAlive(done)
}
