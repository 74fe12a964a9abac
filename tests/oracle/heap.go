package main

import (
	"fmt"
	"runtime"
	"strings"
)

// heapMeter counts what the operations of one map allocate. It is switched on
// only around operations, which allocate nothing but the map's own memory.
type heapMeter struct {
	objects, bytes uint64
	mark           runtime.MemStats
	base           heapFigures
	records        []runtime.MemProfileRecord
	ours           map[uintptr]bool // whether this is an address in a method of a subject
}

// heapFigures is the heap profile of the operations.
type heapFigures struct {
	allocObjects, allocBytes, freeObjects, freeBytes int64
}

func (f heapFigures) inuse() (objects, bytes int64) {
	return f.allocObjects - f.freeObjects, f.allocBytes - f.freeBytes
}

// fillers keeps the small objects below from being optimised away.
var fillers [16]*byte

// start begins a measured stretch. The runtime packs objects under 16 bytes
// that hold no pointers into shared blocks; using up the current block here
// makes each such object of the map start a block of its own.
func (h *heapMeter) start() {
	for i := range fillers {
		fillers[i] = new(byte)
	}
	runtime.ReadMemStats(&h.mark)
	runtime.MemProfileRate = 1
	wantDraws(true)
}

func (h *heapMeter) stop() {
	wantDraws(false)
	runtime.MemProfileRate = 0
	objects, bytes := h.mark.Mallocs, h.mark.TotalAlloc
	runtime.ReadMemStats(&h.mark)
	h.objects += h.mark.Mallocs - objects
	h.bytes += h.mark.TotalAlloc - bytes
}

// reset forgets the last map, which must be unreachable by now.
func (h *heapMeter) reset() error {
	h.objects, h.bytes = 0, 0
	runtime.GC()
	h.base = h.read()
	if n, _ := h.base.inuse(); n != 0 {
		return fmt.Errorf("%d objects of an earlier map are still in use", n)
	}
	return nil
}

// collect runs the garbage collector and returns this map's share since reset.
func (h *heapMeter) collect() heapFigures {
	runtime.GC()
	f := h.read()
	f.allocObjects -= h.base.allocObjects
	f.allocBytes -= h.base.allocBytes
	f.freeObjects -= h.base.freeObjects
	f.freeBytes -= h.base.freeBytes
	return f
}

// read sums the heap profile over the stacks that lead through a subject.
func (h *heapMeter) read() heapFigures {
	n, ok := runtime.MemProfile(h.records[:cap(h.records)], true)
	for !ok {
		h.records = make([]runtime.MemProfileRecord, n+100)
		n, ok = runtime.MemProfile(h.records, true)
	}
	var f heapFigures
	for i := range h.records[:n] {
		r := &h.records[i]
		if !h.operation(r.Stack()) {
			continue
		}
		f.allocObjects += r.AllocObjects
		f.allocBytes += r.AllocBytes
		f.freeObjects += r.FreeObjects
		f.freeBytes += r.FreeBytes
	}
	return f
}

func (h *heapMeter) operation(stack []uintptr) bool {
	for _, pc := range stack {
		ours, known := h.ours[pc]
		if !known {
			f := runtime.FuncForPC(pc - 1)
			ours = f != nil && strings.Contains(f.Name(), ".(*gmap") && !strings.HasSuffix(f.Name(), ".Slots")
			h.ours[pc] = ours
		}
		if ours {
			return true
		}
	}
	return false
}
