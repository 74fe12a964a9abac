//go:build !goexperiment.swissmap && !go1.26

package main

import "unsafe"

// peak inserts the keys once more and returns the most that the array in use,
// the one before it and their overflow buckets took together.
func peak[K comparable, V any](keys []K) uint64 {
	var zero V
	var most, older uint64
	newer := allocated() // when the array in use was about to be made
	m := make(map[K]V)
	sink = m
	h := *(**header)(unsafe.Pointer(&m))
	was := false
	for _, k := range keys {
		full := h.count >= bucketCells && 2*(h.count+1) > 13<<h.b
		if full && !h.growing() {
			older, newer = newer, allocated()
		}
		m[k] = zero
		if was && !h.growing() {
			if sum := allocated() - older; sum > most {
				most = sum
			}
		}
		was = h.growing()
	}
	from := newer
	if was {
		from = older
	}
	if sum := allocated() - from; sum > most {
		most = sum
	}
	sink = nil
	return most
}
