// profiled fills maps in all ways that allocate, writes its heap profile to the first argument, and
// tells by println what of it is map memory, by the runtime's own frames, which it leaves out of the
// profile:
//
//	maps FUNCTION LINE IN_USE_BYTES IN_USE_OBJECTS ALLOCATED_BYTES ALLOCATED_OBJECTS
//	all IN_USE_BYTES ALLOCATED_BYTES
//
// A second argument is the rate by which allocations are counted, a third one how large maps are.
package main

import (
	"os"
	"reflect"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
)

type large [200]byte

type index struct{ byID map[int]string }

var (
	size  = 3000
	ints  map[int]int
	known map[int64]int32
	names map[string]string
	apart map[large]int
	some  []*index
	any1  map[uint32]bool
	flags reflect.Value
	left  map[int]int
	slice []int
	texts []string
)

//go:noinline
func grown() {
	ints = map[int]int{}
	for i := 0; i < size; i++ {
		ints[i] = i
	}
}

//go:noinline
func hinted() { known = make(map[int64]int32, 2*size) }

//go:noinline
func strings_() {
	names = map[string]string{}
	for i := 0; i < size/2; i++ {
		names["k"+strconv.Itoa(i)] = "v" + strconv.Itoa(i)
	}
}

//go:noinline
func storedApart() {
	apart = map[large]int{}
	for i := 0; i < size/20; i++ {
		var k large
		k[0], k[1] = byte(i), byte(i>>8)
		apart[k]++
	}
}

//go:noinline
func manySmall() {
	for i := 0; i < size/5; i++ {
		x := &index{byID: map[int]string{}}
		x.byID[i] = "s"
		some = append(some, x)
	}
}

//go:noinline
func generic[K comparable](n int, key func(int) K) map[K]bool {
	m := make(map[K]bool)
	for i := 0; i < n; i++ {
		m[key(i)] = true
	}
	return m
}

//go:noinline
func reflected() {
	flags = reflect.MakeMap(reflect.TypeOf(map[uint16]uint16(nil)))
	for i := 0; i < size/4; i++ {
		flags.SetMapIndex(reflect.ValueOf(uint16(i)), reflect.ValueOf(uint16(i)))
	}
}

func put(m map[int]int, k int) { m[k] = k } // becomes a part of its caller

//go:noinline
func gone() {
	m := map[int]int{}
	for i := 0; i < size; i++ {
		put(m, i)
	}
	left = map[int]int{len(m): 1}
}

func isMap(f string) bool {
	return strings.HasPrefix(f, "runtime.map") || strings.HasPrefix(f, "runtime.makemap") ||
		strings.HasPrefix(f, "internal/runtime/maps.")
}

// The function and line that a stack is of, and whether it is in a map function of the runtime.
func place(stack []uintptr) (where string, in bool) {
	frames := runtime.CallersFrames(stack)
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "runtime.") || strings.HasPrefix(f.Function, "internal/runtime/") {
			in = in || isMap(f.Function)
		} else if !strings.HasPrefix(f.Function, "reflect.") {
			return f.Function + " " + strconv.Itoa(f.Line), in
		}
		if !more {
			return "?", in
		}
	}
}

func scale(count, bytes int64) (int64, int64) {
	rate := int64(runtime.MemProfileRate)
	if count == 0 || rate <= 1 {
		return count, bytes
	}
	c := chance(float64(bytes)/float64(count), float64(rate))
	return int64(float64(count) / c), int64(float64(bytes) / c)
}

type sums struct{ use, useObjects, alloc, allocObjects int64 }

func tell() {
	records := make([]runtime.MemProfileRecord, 100000)
	n, _ := runtime.MemProfile(records, true)
	var order []string
	sum := map[string]*sums{}
	var all sums
	for _, r := range records[:n] {
		where, in := place(r.Stack())
		ao, ab := scale(r.AllocObjects, r.AllocBytes)
		uo, ub := scale(r.InUseObjects(), r.InUseBytes())
		all.use += ub
		all.alloc += ab
		if !in {
			continue
		}
		s := sum[where]
		if s == nil {
			s = &sums{}
			sum[where] = s
			order = append(order, where)
		}
		s.use += ub
		s.useObjects += uo
		s.alloc += ab
		s.allocObjects += ao
	}
	for _, w := range order {
		s := sum[w]
		if s.alloc == 0 {
			continue
		}
		println("maps", w, s.use, s.useObjects, s.alloc, s.allocObjects)
	}
	println("all", all.use, all.alloc)
}

func main() {
	if len(os.Args) > 2 {
		runtime.MemProfileRate, _ = strconv.Atoi(os.Args[2])
	}
	if len(os.Args) > 3 {
		size, _ = strconv.Atoi(os.Args[3])
	}
	grown()
	hinted()
	strings_()
	storedApart()
	manySmall()
	any1 = generic(size/3, func(i int) uint32 { return uint32(i) })
	reflected()
	gone()
	slice = make([]int, 100*size)
	runtime.GC()
	runtime.GC()
	f, err := os.Create(os.Args[1])
	if err != nil {
		panic(err)
	}
	pprof.WriteHeapProfile(f)
	f.Close()
	tell()
	runtime.KeepAlive(slice)
}
