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

	h := p.header()
	b := p.json
	if p.snapshots > 0 {
		b = append(b, ',')
	}
	p.snapshots++
	b = append(b, `{"title":`...)
	b = appendJSON(b, title)
	b = append(b, fmt.Sprintf(`,"count":%d,"flags":%d,"B":%d,"noverflow":%d,"hash0":"0x%08x","nevacuate":%d,`+
		`"next_overflow":%d,"alloc_objects":%d,"alloc_bytes":%d,"extra":%t`,
		h.count, h.flags, h.b, h.noverflow, h.hash0, h.nevacuate,
		h.nextOverflow(p.mt), p.meter.objects, p.meter.bytes, h.extra != nil)...)
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
	b = append(b, `,"buckets":`...)
	b, live, err := p.appendArray(b, h.buckets, h.b)
	if err != nil {
		return err
	}
	b = append(b, `,"oldbuckets":`...)
	b, old, err := p.appendArray(b, h.oldbuckets, h.oldB())
	if err != nil {
		return err
	}
	p.json = append(b, '}')
	if live+old != h.count {
		return fmt.Errorf("%d live cells, count is %d", live+old, h.count)
	}
	return nil
}

// appendArray writes the chains of an array of 2^logarithm buckets and counts
// their live cells.
func (p *play) appendArray(b []byte, array unsafe.Pointer, logarithm uint8) ([]byte, int, error) {
	if array == nil {
		return append(b, "null"...), 0, nil
	}
	live := 0
	b = append(b, '[')
	for i := 0; i < 1<<logarithm; i++ {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		bucket := bucketAt(p.mt, array, i)
		for first := true; bucket != nil; first = false {
			if !first {
				b = append(b, ',')
			}
			b = p.appendBucket(b, bucket)
			n, err := p.check(bucket, i, logarithm)
			if err != nil {
				return nil, 0, err
			}
			live += n
			bucket = overflowOf(p.mt, bucket)
		}
		b = append(b, ']')
	}
	return append(b, ']'), live, nil
}

func (p *play) appendBucket(b []byte, bucket unsafe.Pointer) []byte {
	const digits = "0123456789abcdef"
	tophash := tophashOf(bucket)
	b = append(b, `{"tophash":[`...)
	for i, t := range tophash {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(b, uint64(t), 10)
	}
	b = append(b, `],"raw":"`...)
	for i, keep := range p.mask {
		c := *(*byte)(unsafe.Add(bucket, i))
		if !keep {
			c = 0
		}
		b = append(b, digits[c>>4], digits[c&15])
	}
	b = append(b, `","keys":[`...)
	b = p.appendCells(b, bucket, p.t.Key(), keyAt)
	b = append(b, `],"elems":[`...)
	b = p.appendCells(b, bucket, p.t.Elem(), elemAt)
	return append(b, "]}"...)
}

func (p *play) appendCells(b []byte, bucket unsafe.Pointer, t reflect.Type,
	at func(*maptype, unsafe.Pointer, int) unsafe.Pointer) []byte {
	for i, top := range tophashOf(bucket) {
		if i > 0 {
			b = append(b, ',')
		}
		if top < minTopHash {
			b = append(b, `""`...)
			continue
		}
		p.scratch = appendLiteral(p.scratch[:0], reflect.NewAt(t, at(p.mt, bucket, i)).Elem())
		b = appendJSON(b, string(p.scratch))
	}
	return b
}

// check asks the runtime's own hasher whether each live cell is where its
// hash says, and returns how many there are.
func (p *play) check(bucket unsafe.Pointer, index int, logarithm uint8) (int, error) {
	live := 0
	for i, top := range tophashOf(bucket) {
		if top < minTopHash {
			continue
		}
		live++
		hash := p.mt.hasher(keyAt(p.mt, bucket, i), uintptr(p.header().hash0))
		want := uint8(hash >> (8*ptrSize - 8))
		if want < minTopHash {
			want += minTopHash
		}
		if top != want || hash&(1<<logarithm-1) != uintptr(index) {
			return 0, fmt.Errorf("bucket %d cell %d: tophash %d does not fit hash %#x", index, i, top, hash)
		}
	}
	return live, nil
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
