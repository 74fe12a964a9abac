//go:build !goexperiment.swissmap && go1.24 && !go1.26

package main

import "fmt"

// header is the runtime's hmap, which counts the clears from 1.24 on.
type header struct {
	headerStart
	clearSeq uint64
	extra    *mapextra
}

// iterator is the runtime's hiter: where a range statement is.
type iterator struct {
	iteratorStart
	clearSeq uint64
}

// newer are the fields of a snapshot that earlier releases have not.
func (h *header) newer() string { return fmt.Sprintf(`,"clearseq":%d`, h.clearSeq) }
