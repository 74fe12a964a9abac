//go:build !go1.21 || (goexperiment.swissmap && !go1.25)

package main

// copies says that maps.Clone copies the map's memory: in these releases it
// inserts the entries as a rebuild does (1.24), or is not there yet.
const copies = false

func clone(m interface{}) interface{} { return m }
