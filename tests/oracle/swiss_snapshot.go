//go:build goexperiment.swissmap || go1.26

package main

import (
	"fmt"
	"runtime"
	"strings"
	"unsafe"
)

func live(control uint8) bool { return control < slotEmpty }

func (p *play) appendHeader(b []byte) []byte {
	h := p.header()
	b = append(b, fmt.Sprintf(`,"used":%d,"seed":%q,"dirlen":%d,"globaldepth":%d,"globalshift":%d,`+
		`"writing":%d,"clearseq":%d`, h.used, h.seedText(), h.dirLen, h.globalDepth, h.globalShift,
		h.writes, h.clearSeq)...)
	if !strings.HasPrefix(runtime.Version(), "go1.24.") {
		b = append(b, fmt.Sprintf(`,"tombstone_possible":%t`, h.tombstonePossible)...)
	}
	return b
}

// appendMemory writes the directory and the tables, or the one group.
func (p *play) appendMemory(b []byte) (_ []byte, err error) {
	h := p.header()
	if h.dirLen == 0 {
		b = append(b, `,"directory":null,"tables":[],"group":`...)
		if h.dirPtr == nil {
			return append(b, "null"...), nil
		}
		return p.appendUnit(b, h.dirPtr, "ctrl"), p.check(h.dirPtr, int(h.used))
	}
	list := h.tables()
	b = append(b, `,"directory":[`...)
	for i, n := 0, 0; i < h.dirLen; i++ {
		if list[n] != h.entry(i) {
			n++
		}
		b = append(b, fmt.Sprint(n, ",")...)
	}
	b = append(b[:len(b)-1], `],"tables":[`...)
	used := 0
	for i, t := range list {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = p.appendTable(b, t); err != nil {
			return nil, err
		}
		used += int(t.used)
	}
	if used != int(h.used) {
		return nil, fmt.Errorf("tables hold %d entries, the map %d", used, h.used)
	}
	return append(b, `],"group":null`...), nil
}

func (p *play) appendTable(b []byte, t *table) ([]byte, error) {
	b = append(b, fmt.Sprintf(`{"index":%d,"localdepth":%d,"used":%d,"capacity":%d,"growthleft":%d,"groups":[`,
		t.index, t.localDepth, t.used, t.capacity, t.growthLeft)...)
	full := 0
	for i := 0; i <= int(t.lengthMask); i++ {
		if i > 0 {
			b = append(b, ',')
		}
		group := unsafe.Add(t.groups, i*int(p.mt.groupSize))
		b = p.appendUnit(b, group, "ctrl")
		n := p.count(group)
		full += n
		if err := p.check(group, n); err != nil {
			return nil, err
		}
	}
	if full != int(t.used) {
		return nil, fmt.Errorf("table %d: %d full slots, used is %d", t.index, full, t.used)
	}
	return append(b, "]}"...), nil
}

func (p *play) count(group unsafe.Pointer) int {
	full := 0
	for i := 0; i < groupSlots; i++ {
		if live(control(group, i)) {
			full++
		}
	}
	return full
}

// check asks the runtime's own hasher whether each full slot has its control
// byte, and whether there are so many.
func (p *play) check(group unsafe.Pointer, full int) error {
	for i := 0; i < groupSlots; i++ {
		c := control(group, i)
		if !live(c) {
			continue
		}
		full--
		if p.isNaN(keyAt(p.mt, group, i)) {
			continue
		}
		if h := p.mt.hasher(keyAt(p.mt, group, i), p.header().seed); uint8(h&0x7f) != c {
			return fmt.Errorf("slot %d: control byte %#x does not fit hash %#x", i, c, h)
		}
	}
	if full != 0 {
		return fmt.Errorf("%d full slots are missing", full)
	}
	return nil
}
