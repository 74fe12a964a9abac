//go:build !goexperiment.swissmap && !go1.26

package main

import (
	"fmt"
	"unsafe"
)

func control(bucket unsafe.Pointer, slot int) uint8 { return tophashOf(bucket)[slot] }

func live(tophash uint8) bool { return tophash >= minTopHash }

func (p *play) appendHeader(b []byte) []byte {
	h := p.header()
	return append(b, fmt.Sprintf(`,"count":%d,"flags":%d,"B":%d,"noverflow":%d,"hash0":"0x%08x",`+
		`"nevacuate":%d,"next_overflow":%d,"extra":%t%s`, h.count, h.flags, h.b, h.noverflow, h.hash0,
		h.nevacuate, h.nextOverflow(p.mt), h.extra != nil, h.newer())...)
}

func (p *play) appendMemory(b []byte) ([]byte, error) {
	h := p.header()
	b = append(b, `,"buckets":`...)
	b, now, err := p.appendArray(b, h.buckets, h.b)
	if err != nil {
		return nil, err
	}
	b = append(b, `,"oldbuckets":`...)
	b, old, err := p.appendArray(b, h.oldbuckets, h.oldB())
	if err != nil {
		return nil, err
	}
	if now+old != h.count {
		return nil, fmt.Errorf("%d live cells, count is %d", now+old, h.count)
	}
	return b, nil
}

// appendArray writes the chains of an array of 2^logarithm buckets and counts
// their live cells.
func (p *play) appendArray(b []byte, array unsafe.Pointer, logarithm uint8) ([]byte, int, error) {
	if array == nil {
		return append(b, "null"...), 0, nil
	}
	full := 0
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
			b = p.appendUnit(b, bucket, "tophash")
			n, err := p.check(bucket, i, logarithm)
			if err != nil {
				return nil, 0, err
			}
			full += n
			bucket = overflowOf(p.mt, bucket)
		}
		b = append(b, ']')
	}
	return append(b, ']'), full, nil
}

// check asks the runtime's own hasher whether each live cell is where its
// hash says, and returns how many there are.
func (p *play) check(bucket unsafe.Pointer, index int, logarithm uint8) (int, error) {
	full := 0
	for i, top := range *tophashOf(bucket) {
		if !live(top) {
			continue
		}
		full++
		if p.isNaN(keyAt(p.mt, bucket, i)) {
			continue
		}
		hash := p.mt.hasher(keyAt(p.mt, bucket, i), uintptr(p.header().hash0))
		want := uint8(hash >> (8*ptrSize - 8))
		if want < minTopHash {
			want += minTopHash
		}
		if top != want || hash&(1<<logarithm-1) != uintptr(index) {
			return 0, fmt.Errorf("bucket %d cell %d: tophash %d does not fit hash %#x", index, i, top, hash)
		}
	}
	return full, nil
}
