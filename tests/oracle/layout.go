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

// reflexive tells whether every value of the type equals itself.
func reflexive(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128, reflect.Interface:
		return false
	case reflect.Array:
		return reflexive(t.Elem())
	case reflect.Struct:
		for i := 0; i < t.NumField(); i++ {
			if !reflexive(t.Field(i).Type) {
				return false
			}
		}
	}
	return true
}
