package main

import "reflect"

// keepBytes sets keep for the bytes of a value that recordings show. All
// others are written as zeros: pointer words, because addresses differ, and
// padding, because it holds whatever the compiler's temporary held.
func keepBytes(t reflect.Type, keep []bool) {
	switch t.Kind() {
	case reflect.Ptr, reflect.UnsafePointer, reflect.Map, reflect.Chan, reflect.Func, reflect.Interface:
		return
	case reflect.String, reflect.Slice:
		// The data pointer is the first word; length and capacity stay.
		for i := ptrSize; i < t.Size(); i++ {
			keep[i] = true
		}
	case reflect.Array:
		for i := 0; i < t.Len(); i++ {
			keepBytes(t.Elem(), keep[uintptr(i)*t.Elem().Size():])
		}
	case reflect.Struct:
		for i := 0; i < t.NumField(); i++ {
			f := t.Field(i)
			keepBytes(f.Type, keep[f.Offset:])
		}
	default:
		for i := uintptr(0); i < t.Size(); i++ {
			keep[i] = true
		}
	}
}

// bucketMask tells for each byte of a bucket whether a recording shows it.
// The overflow pointer, and the slots of indirect keys and elems, stay zero.
func bucketMask(mt *maptype, t reflect.Type) []bool {
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
