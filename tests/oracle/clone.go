//go:build go1.21 && (!goexperiment.swissmap || go1.25)

package main

import _ "unsafe"

// copies says that maps.Clone copies the map's memory.
const copies = true

// clone is what maps.Clone calls, for maps of any type.
//
//go:linkname clone maps.clone
func clone(m interface{}) interface{}
