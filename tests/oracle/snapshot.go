package main

import (
	"fmt"
	"reflect"
	"strconv"
	"unicode/utf8"
	"unsafe"
)

// snapshot writes the map's memory under a title, and checks it on the way.
func (p *play) snapshot(title string) error {
	if title != "end" && len(p.json) > p.budget {
		return nil
	}
	p.hm = append(p.hm, "snapshot "...)
	p.hm = strconv.AppendQuote(p.hm, title)
	p.hm = append(p.hm, '\n')

	b := p.json
	if p.snapshots > 0 {
		b = append(b, ',')
	}
	p.snapshots++
	b = append(b, `{"title":`...)
	b = appendJSON(b, title)
	b = p.appendHeader(b)
	b = append(b, fmt.Sprintf(`,"alloc_objects":%d,"alloc_bytes":%d`, p.meter.objects, p.meter.bytes)...)
	b = p.appendLoop(b)
	if title == "end" {
		p.loop = loop{}
	}
	if p.inuse && !p.loop.underWay() || title == "end" {
		f := p.meter.collect()
		if f.allocObjects != int64(p.meter.objects) || f.allocBytes != int64(p.meter.bytes) {
			return fmt.Errorf("%w: %d objects, %d bytes and %d, %d", errNoise,
				f.allocObjects, f.allocBytes, p.meter.objects, p.meter.bytes)
		}
		objects, bytes := f.inuse()
		b = append(b, fmt.Sprintf(`,"inuse_objects":%d,"inuse_bytes":%d`, objects, bytes)...)
	}
	b, err := p.appendMemory(b)
	p.json = append(b, '}')
	return err
}

// appendUnit writes a bucket or a group: under the name `control` its control
// bytes in the order of the slots, its bytes, and its keys and elems.
func (p *play) appendUnit(b []byte, unit unsafe.Pointer, name string) []byte {
	const digits = "0123456789abcdef"
	b = append(b, `{"`+name+`":[`...)
	for i := 0; i < 8; i++ {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(b, uint64(control(unit, i)), 10)
	}
	b = append(b, `],"raw":"`...)
	for i, keep := range p.mask {
		c := *(*byte)(unsafe.Add(unit, i))
		if !keep {
			c = 0
		}
		b = append(b, digits[c>>4], digits[c&15])
	}
	b = append(b, `","keys":[`...)
	b = p.appendCells(b, unit, p.t.Key(), keyAt)
	b = append(b, `],"elems":[`...)
	b = p.appendCells(b, unit, p.t.Elem(), elemAt)
	return append(b, "]}"...)
}

func (p *play) appendCells(b []byte, unit unsafe.Pointer, t reflect.Type,
	at func(*maptype, unsafe.Pointer, int) unsafe.Pointer) []byte {
	for i := 0; i < 8; i++ {
		if i > 0 {
			b = append(b, ',')
		}
		if !live(control(unit, i)) {
			b = append(b, `""`...)
			continue
		}
		p.scratch = appendLiteral(p.scratch[:0], reflect.NewAt(t, at(p.mt, unit, i)).Elem())
		b = appendJSON(b, string(p.scratch))
	}
	return b
}

// isNaN tells whether a key is unlike itself: then what it hashes to is drawn.
func (p *play) isNaN(key unsafe.Pointer) bool {
	if p.reflexive {
		return false
	}
	v := reflect.NewAt(p.t.Key(), key).Elem().Interface()
	return v != v
}

// appendJSON writes a JSON string. All text here is UTF-8: strconv has put
// what is not into escapes.
func appendJSON(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, fmt.Sprintf(`\u%04x`, r)...)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
