//go:build !goexperiment.swissmap && !go1.24

package main

// header is the runtime's hmap.
type header struct {
	headerStart
	extra *mapextra
}

// iterator is the runtime's hiter: where a range statement is.
type iterator struct{ iteratorStart }

func (h *header) newer() string { return "" }
