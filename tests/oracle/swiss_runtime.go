//go:build goexperiment.swissmap || go1.26

package main

import "unsafe"

//go:linkname iterInit internal/runtime/maps.(*Iter).Init
func iterInit(it *iterator, t *maptype, m unsafe.Pointer)

//go:linkname iterNext internal/runtime/maps.(*Iter).Next
func iterNext(it *iterator)
