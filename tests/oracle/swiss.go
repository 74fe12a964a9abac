//go:build goexperiment.swissmap || go1.26

package main

import (
	"fmt"
	"reflect"
	"runtime"
	"unsafe"
)

const (
	engine = "swiss"

	groupSlots    = 8
	maxTableSlots = 1024

	slotEmpty   = 0x80
	slotDeleted = 0xfe

	flagIndirectKey  = 4
	flagIndirectElem = 8
)

// The types below mirror those of internal/runtime/maps.

// header is its Map.
type header struct {
	used                             uint64
	seed                             uintptr
	dirPtr                           unsafe.Pointer
	dirLen                           int
	globalDepth, globalShift, writes uint8
	tombstonePossible                bool // padding in 1.24
	clearSeq                         uint64
}

type table struct {
	used, capacity, growthLeft uint16
	localDepth                 uint8
	index                      int
	groups                     unsafe.Pointer
	lengthMask                 uint64
}

// iterator is its Iter.
type iterator struct {
	key, elem   unsafe.Pointer
	t           *maptype
	m           unsafe.Pointer
	entryOffset uint64
	dirOffset   uint64
	clearSeq    uint64
	globalDepth uint8
	dirIdx      int
	tab         *table
	group       unsafe.Pointer
	entryIdx    uint64
}

// tables are the different ones, in the order of the directory.
func (h *header) tables() []*table {
	var list []*table
	for i := 0; i < h.dirLen; i++ {
		if t := h.entry(i); len(list) == 0 || list[len(list)-1] != t {
			list = append(list, t)
		}
	}
	return list
}

func (h *header) entry(i int) *table {
	return *(**table)(unsafe.Add(h.dirPtr, i*int(ptrSize)))
}

// growsSoon tells whether one more entry makes a table grow. It allocates nothing.
func (h *header) growsSoon() bool {
	for i := 0; i < h.dirLen; i++ {
		if h.entry(i).growthLeft <= 1 {
			return true
		}
	}
	return h.dirLen == 0 && h.used == groupSlots
}

func (h *header) length() int { return int(h.used) }

func (h *header) overloaded() bool { return false }

func (h *header) seedValue() uint64 { return uint64(h.seed) }

func (h *header) seedText() string { return fmt.Sprintf("0x%0*x", 2*ptrSize, h.seed) }

// turn is what of a header tells that a moment is worth a look.
type turn struct {
	dirPtr unsafe.Pointer
	tables uint64 // a hash of their addresses: a sum would be the same after some splits
	empty  bool
}

func turnOf(h *header) turn {
	t := turn{dirPtr: h.dirPtr, empty: h.used == 0}
	for i := 0; i < h.dirLen; i++ {
		t.tables = (t.tables ^ uint64(uintptr(unsafe.Pointer(h.entry(i))))) * 0x9e3779b97f4a7c15
	}
	return t
}

// growth tells whether one was done since before; none is ever under way.
func (h *header) growth(before turn) (began, under bool) {
	now := turnOf(h)
	return now.dirPtr != before.dirPtr || now.tables != before.tables, false
}

func (p *play) keySize() int  { return int(p.t.Key().Size()) }
func (p *play) elemSize() int { return int(p.t.Elem().Size()) }

// layout is what a recording's head says of it.
func (p *play) layout() string {
	return fmt.Sprintf(`"indirectkey":%t,"indirectelem":%t,"groupsize":%d,%s,"group_ptrdata":%d`,
		p.mt.flags&flagIndirectKey != 0, p.mt.flags&flagIndirectElem != 0, p.mt.groupSize,
		p.mt.offsets(), p.mt.group.ptrdata)
}

// arrange leaves the steps as they are: nothing is moved little by little.
func (p *play) arrange([]op) {}

// home is the group that a search in a table of 2^logarithm groups begins with.
func (p *play) home(key int, logarithm uint8) uintptr {
	return p.mt.hasher(p.key(key), p.header().seed) >> 7 & (1<<logarithm - 1)
}

// slotByte is where in a group the control byte of a slot lies.
func slotByte(slot int) int {
	switch runtime.GOARCH {
	case "mips", "mips64", "ppc64", "s390x":
		return groupSlots - 1 - slot
	}
	return slot
}

func control(group unsafe.Pointer, slot int) uint8 {
	return *(*uint8)(unsafe.Add(group, slotByte(slot)))
}

// keyAt and elemAt follow the pointer of an indirect slot.
func keyAt(t *maptype, group unsafe.Pointer, i int) unsafe.Pointer {
	p := unsafe.Add(group, t.keyOffset(i))
	if t.flags&flagIndirectKey != 0 {
		p = *(*unsafe.Pointer)(p)
	}
	return p
}

func elemAt(t *maptype, group unsafe.Pointer, i int) unsafe.Pointer {
	p := unsafe.Add(group, t.elemOffset(i))
	if t.flags&flagIndirectElem != 0 {
		p = *(*unsafe.Pointer)(p)
	}
	return p
}

// unitMask tells for each byte of a group whether a recording shows it. The
// slots of indirect keys and elems, and what belongs to no field, stay zero.
func unitMask(t *maptype, of reflect.Type) []bool {
	mask := make([]bool, t.groupSize)
	for i := 0; i < groupSlots; i++ {
		mask[i] = true
		if t.flags&flagIndirectKey == 0 {
			keepBytes(of.Key(), mask[t.keyOffset(i):])
		}
		if t.flags&flagIndirectElem == 0 {
			keepBytes(of.Elem(), mask[t.elemOffset(i):])
		}
	}
	return mask
}
