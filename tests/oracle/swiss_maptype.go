//go:build (goexperiment.swissmap || go1.26) && !go1.27

package main

import (
	"fmt"
	"unsafe"
)

type maptype struct {
	rtype
	key, elem, group             *rtype
	hasher                       func(unsafe.Pointer, uintptr) uintptr
	groupSize, slotSize, elemOff uintptr
	flags                        uint32
}

func (t *maptype) keyOffset(i int) int  { return groupSlots + i*int(t.slotSize) }
func (t *maptype) elemOffset(i int) int { return t.keyOffset(i) + int(t.elemOff) }

func (t *maptype) offsets() string {
	return fmt.Sprintf(`"slotsize":%d,"elemoff":%d`, t.slotSize, t.elemOff)
}
