//go:build goexperiment.swissmap || go1.26

package main

import (
	"reflect"
	"runtime"
)

// peak inserts the keys once more and returns the most that the map took. A table
// is replaced within one operation, so that is what there is at the end, and one
// table of the largest size beside it.
func peak[K comparable, V any](keys []K) uint64 {
	var zero V
	start := heapInUse()
	m := make(map[K]V)
	sink = m
	for _, k := range keys {
		m[k] = zero
	}
	most := heapInUse() - start
	runtime.KeepAlive(keys)
	sink = nil
	t := mapTypeOf(reflect.TypeOf(m))
	return most + uint64(t.groupSize)*maxTableSlots/groupSlots
}
