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
	Range()                      // start a range statement and leave it at the first entry
	Begin(t *maptype, it *hiter) // start one and stay in it
	Clear()
	Header() unsafe.Pointer
	Type() reflect.Type
	Slots(keys, elems int) (reflect.Value, reflect.Value)
}

// The five types below mirror the runtime's, whose fields are the same in
// every release from 1.18 to 1.23.

type hmap struct {
	count      int
	flags      uint8
	b          uint8
	noverflow  uint16
	hash0      uint32
	buckets    unsafe.Pointer
	oldbuckets unsafe.Pointer
	nevacuate  uintptr
	extra      *mapextra
}

type mapextra struct {
	overflow, oldoverflow *[]unsafe.Pointer
	nextOverflow          unsafe.Pointer
}

// hiter is where a range statement is.
type hiter struct {
	key, elem             unsafe.Pointer
	t                     *maptype
	h                     unsafe.Pointer
	buckets, bptr         unsafe.Pointer
	overflow, oldoverflow *[]unsafe.Pointer
	startBucket           uintptr
	offset                uint8
	wrapped               bool
	b, i                  uint8
	bucket, checkBucket   uintptr
}

type rtype struct {
	size, ptrdata           uintptr
	hash                    uint32
	tflag, align, falign, k uint8
	equal                   func(unsafe.Pointer, unsafe.Pointer) bool
	gcdata                  *byte
	str, ptrToThis          int32
}

type maptype struct {
	rtype
	key, elem, bucket *rtype
	hasher            func(unsafe.Pointer, uintptr) uintptr
	keysize, elemsize uint8 // of a slot: a pointer's when indirect
	bucketsize        uint16
	flags             uint32
}

const (
	flagIndirectKey  = 1
	flagIndirectElem = 2
	flagReflexive    = 4

	sameSizeGrow = 8

	bucketCells = 8
	minTopHash  = 5
)

// mapTypeOf returns the runtime's descriptor of a map type.
func mapTypeOf(t reflect.Type) *maptype {
	return (*maptype)((*[2]unsafe.Pointer)(unsafe.Pointer(&t))[1])
}

func (h *hmap) growing() bool { return h.oldbuckets != nil }

// growsSoon tells whether a growth is under way or one more overflow bucket
// starts one.
func (h *hmap) growsSoon() bool {
	return h.growing() || h.b < 16 && int(h.noverflow)+1 >= 1<<h.b
}

// oldB is the logarithm of the old array's length.
func (h *hmap) oldB() uint8 {
	if h.flags&sameSizeGrow != 0 {
		return h.b
	}
	return h.b - 1
}

// nextOverflow is the first free spare bucket's index, or -1.
func (h *hmap) nextOverflow(t *maptype) int {
	if h.extra == nil || h.extra.nextOverflow == nil {
		return -1
	}
	return int((uintptr(h.extra.nextOverflow) - uintptr(h.buckets)) / uintptr(t.bucketsize))
}

func bucketAt(t *maptype, array unsafe.Pointer, i int) unsafe.Pointer {
	return unsafe.Add(array, i*int(t.bucketsize))
}

// overflowOf reads the last word of a bucket.
func overflowOf(t *maptype, bucket unsafe.Pointer) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Add(bucket, int(t.bucketsize)-int(ptrSize)))
}

func tophashOf(bucket unsafe.Pointer) *[bucketCells]uint8 {
	return (*[bucketCells]uint8)(bucket)
}

// home is the index of a key's bucket in an array of 2^logarithm ones.
func home(t *maptype, key unsafe.Pointer, hash0 uint32, logarithm uint8) uintptr {
	return t.hasher(key, uintptr(hash0)) & (1<<logarithm - 1)
}

// keyAt and elemAt follow the pointer of an indirect slot.
func keyAt(t *maptype, bucket unsafe.Pointer, i int) unsafe.Pointer {
	p := unsafe.Add(bucket, bucketCells+i*int(t.keysize))
	if t.flags&flagIndirectKey != 0 {
		p = *(*unsafe.Pointer)(p)
	}
	return p
}

func elemAt(t *maptype, bucket unsafe.Pointer, i int) unsafe.Pointer {
	p := unsafe.Add(bucket, bucketCells*(1+int(t.keysize))+i*int(t.elemsize))
	if t.flags&flagIndirectElem != 0 {
		p = *(*unsafe.Pointer)(p)
	}
	return p
}
