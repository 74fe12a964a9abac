package main

import (
	"reflect"
	"unsafe"
)

const ptrSize = unsafe.Sizeof(uintptr(0))

// pair is a map type that the oracle has compiled code for.
type pair struct {
	text string // as in Go source
	slug string // as a file name
	make func() subject
}

// subject is one map under test. Keys and elems are filled in beforehand and
// named by their index, so that an operation allocates nothing of its own.
type subject interface {
	Make()
	MakeHint(n int)
	Insert(k, e int)
	Delete(k int)
	Lookup(k int) bool
	Range()                         // start a range statement and leave it at the first entry
	Begin(t *maptype, it *iterator) // start one and stay in it
	Clear()
	Move(key, elem unsafe.Pointer) // insert an entry of another map
	Clone()
	Header() unsafe.Pointer
	Type() reflect.Type
	Slots(keys, elems int) (reflect.Value, reflect.Value)
}

// rtype mirrors the head of the runtime's type descriptors, the same in every
// release from 1.18 to 1.27.
type rtype struct {
	size, ptrdata           uintptr
	hash                    uint32
	tflag, align, falign, k uint8
	equal                   func(unsafe.Pointer, unsafe.Pointer) bool
	gcdata                  *byte
	str, ptrToThis          int32
}

// mapTypeOf returns the runtime's descriptor of a map type.
func mapTypeOf(t reflect.Type) *maptype {
	return (*maptype)((*[2]unsafe.Pointer)(unsafe.Pointer(&t))[1])
}
