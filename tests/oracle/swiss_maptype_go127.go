//go:build go1.27

package main

import (
	"fmt"
	"unsafe"
)

type maptype struct {
	rtype
	key, elem, group                         *rtype
	hasher                                   func(unsafe.Pointer, uintptr) uintptr
	groupSize                                uintptr
	keysOff, keyStride, elemsOff, elemStride uintptr
	elemOff                                  uintptr
	flags                                    uint32
}

func (t *maptype) keyOffset(i int) int  { return int(t.keysOff) + i*int(t.keyStride) }
func (t *maptype) elemOffset(i int) int { return int(t.elemsOff) + i*int(t.elemStride) }

func (t *maptype) offsets() string {
	return fmt.Sprintf(`"keysoff":%d,"keystride":%d,"elemsoff":%d,"elemstride":%d,"elemoff":%d`,
		t.keysOff, t.keyStride, t.elemsOff, t.elemStride, t.elemOff)
}
