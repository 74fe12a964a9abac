//go:build !goexperiment.swissmap && !go1.26

package main

import "unsafe"

//go:linkname runtimeMapiterinit runtime.mapiterinit
func runtimeMapiterinit(t *maptype, h unsafe.Pointer, it *iterator)

//go:linkname runtimeMapiternext runtime.mapiternext
func runtimeMapiternext(it *iterator)
