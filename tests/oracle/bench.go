package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
)

// benchResult is what `bench` prints.
type benchResult struct {
	Go           string `json:"go"`
	Op           string `json:"op"`
	Type         string `json:"type"`
	N            int    `json:"n"`
	CPU          int64  `json:"cpu_ns"`        // of the operation, user and system
	InsertCPU    int64  `json:"insert_cpu_ns"` // of the insertions before it
	MaxRSS       int64  `json:"maxrss_kb"`
	MapBytes     uint64 `json:"map_bytes"`      // the map's own memory at the end
	PeakMapBytes uint64 `json:"peak_map_bytes"` // and at the end of the last growth, with the old array
	KeyBytes     uint64 `json:"key_bytes"`      // what the keys point to
}

// bench measures one operation over keys 0 to N-1 with zero elems and no
// collector. The times include the making of the keys.
func bench(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("bench: want insert|lookup|delete TYPE N")
	}
	n, err := strconv.Atoi(args[2])
	if err != nil || n < 0 {
		return fmt.Errorf("bench: bad count %q", args[2])
	}
	if args[0] != "insert" && args[0] != "lookup" && args[0] != "delete" {
		return fmt.Errorf("bench: unknown operation %q", args[0])
	}
	debug.SetGCPercent(-1)
	runtime.MemProfileRate = 0
	r := benchResult{Go: runtime.Version(), Op: args[0], Type: args[1], N: n}
	switch args[1] {
	case "map[int]string":
		benchMap[int, string](&r, func(i int) int { return i })
	case "map[string]int":
		benchMap[string, int](&r, func(i int) string { return "key-" + strconv.Itoa(i) })
	case "map[int64]int64":
		benchMap[int64, int64](&r, func(i int) int64 { return int64(i) })
	case "map[int]int":
		benchMap[int, int](&r, func(i int) int { return i })
	default:
		return fmt.Errorf("bench: no such type %q", args[1])
	}
	return json.NewEncoder(os.Stdout).Encode(&r)
}

// sink keeps the header on the heap, where a map that lives long has it.
var sink interface{}

func benchMap[K comparable, V any](r *benchResult, key func(int) K) {
	var zero V
	start := usage()
	m := make(map[K]V)
	sink = m
	for i := 0; i < r.N; i++ {
		m[key(i)] = zero
	}
	inserted := usage()
	found := 0
	switch r.Op {
	case "lookup":
		for i := 0; i < r.N; i++ {
			if _, ok := m[key(i)]; ok {
				found++
			}
		}
	case "delete":
		for i := 0; i < r.N; i++ {
			delete(m, key(i))
		}
	}
	end := usage()
	if r.Op == "lookup" && found != r.N {
		panic("bench: a key is missing")
	}
	r.InsertCPU = inserted.cpu - start.cpu
	r.CPU = end.cpu - inserted.cpu
	if r.Op == "insert" {
		r.CPU = r.InsertCPU
	}
	r.MaxRSS = end.maxrss

	// The keys outlive the map here, so that the difference is the map alone.
	keys := make([]K, r.N)
	before := heapInUse()
	for i := range keys {
		keys[i] = key(i)
	}
	if after := heapInUse(); after > before {
		r.KeyBytes = after - before
	}
	kept := make([]K, 0, r.N)
	for k := range m {
		kept = append(kept, k)
	}
	with := heapInUse()
	m, sink = nil, nil
	r.MapBytes = with - heapInUse()
	runtime.KeepAlive(kept)
	r.PeakMapBytes = peak[K, V](keys)
}

type usageFigures struct{ cpu, maxrss int64 }

func usage() usageFigures {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return usageFigures{u.Utime.Nano() + u.Stime.Nano(), int64(u.Maxrss)}
}

func allocated() uint64 {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return s.TotalAlloc
}

func heapInUse() uint64 {
	var s runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}
