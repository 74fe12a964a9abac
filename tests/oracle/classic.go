//go:build !goexperiment.swissmap && !go1.26

package main

import (
	"fmt"
	"reflect"
	"sort"
	"unsafe"
)

// The types below mirror the runtime's, whose fields are the same in
// every release from 1.18 to 1.25, but for one that 1.24 added.

type headerStart struct {
	count      int
	flags      uint8
	b          uint8
	noverflow  uint16
	hash0      uint32
	buckets    unsafe.Pointer
	oldbuckets unsafe.Pointer
	nevacuate  uintptr
}

type mapextra struct {
	overflow, oldoverflow *[]unsafe.Pointer
	nextOverflow          unsafe.Pointer
}

type iteratorStart struct {
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

	sameSizeGrow = 8

	bucketCells = 8
	minTopHash  = 5
)

func (h *header) growing() bool { return h.oldbuckets != nil }

// growsSoon tells whether a growth is under way or one more overflow bucket
// starts one.
func (h *header) growsSoon() bool {
	return h.growing() || h.b < 16 && int(h.noverflow)+1 >= 1<<h.b
}

// oldB is the logarithm of the old array's length.
func (h *header) length() int { return h.count }

// overloaded tells whether there are more entries than make(.., len) would put
// into as many buckets, by the load factor of Go 1.21.
func (h *header) overloaded() bool { return h.count > 8 && h.count > 6<<h.b }

func (h *header) oldB() uint8 {
	if h.flags&sameSizeGrow != 0 {
		return h.b
	}
	return h.b - 1
}

// nextOverflow is the first free spare bucket's index, or -1.
func (h *header) nextOverflow(t *maptype) int {
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

func (h *header) seedValue() uint64 { return uint64(h.hash0) }

func (h *header) seedText() string { return fmt.Sprintf("0x%08x", h.hash0) }

// turn is what of a header tells that a moment is worth a look.
type turn struct {
	buckets, oldbuckets unsafe.Pointer
	empty               bool
}

func turnOf(h *header) turn { return turn{h.buckets, h.oldbuckets, h.count == 0} }

// growth tells whether one began since before, and whether one is under way.
func (h *header) growth(before turn) (began, under bool) {
	return h.growing() && before.oldbuckets == nil, h.growing()
}

const engine = "classic"

func (p *play) keySize() int  { return int(p.mt.keysize) }
func (p *play) elemSize() int { return int(p.mt.elemsize) }

// layout is what a recording's head says of it.
func (p *play) layout() string {
	return fmt.Sprintf(`"bucketsize":%d,"bucket_ptrdata":%d`, p.mt.bucketsize, p.mt.bucket.ptrdata)
}

// arrange sorts steps by the old bucket that holds their key, descending; the
// first of each bucket go before all others, so that none is left out for long.
func (p *play) arrange(ops []op) {
	h := p.header()
	type place struct {
		op
		home uintptr
		turn int
	}
	turns := map[uintptr]int{}
	places := make([]place, len(ops))
	for i, o := range ops {
		at := p.home(o.k, h.oldB())
		places[i] = place{o, at, turns[at]}
		turns[at]++
	}
	sort.SliceStable(places, func(i, j int) bool {
		if places[i].turn != places[j].turn {
			return places[i].turn < places[j].turn
		}
		return places[i].home > places[j].home
	})
	for i := range ops {
		ops[i] = places[i].op
	}
}

func (p *play) home(key int, logarithm uint8) uintptr {
	return home(p.mt, p.key(key), p.header().hash0, logarithm)
}

// unitMask tells for each byte of a bucket whether a recording shows it.
// The overflow pointer, and the slots of indirect keys and elems, stay zero.
func unitMask(mt *maptype, t reflect.Type) []bool {
	mask := make([]bool, mt.bucketsize)
	for i := 0; i < bucketCells; i++ {
		mask[i] = true
		if mt.flags&flagIndirectKey == 0 {
			keepBytes(t.Key(), mask[bucketCells+i*int(mt.keysize):])
		}
		if mt.flags&flagIndirectElem == 0 {
			keepBytes(t.Elem(), mask[bucketCells*(1+int(mt.keysize))+i*int(mt.elemsize):])
		}
	}
	return mask
}
