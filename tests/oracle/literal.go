package main

import (
	"math"
	"reflect"
	"strconv"
)

// appendLiteral writes v as scripts and recordings spell it: Go's literals,
// composites as their values in braces, without the type's name.
func appendLiteral(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.AppendUint(b, v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		return appendFloat(b, v.Float(), v.Type().Bits())
	case reflect.Complex64, reflect.Complex128:
		return append(b, strconv.FormatComplex(v.Complex(), 'g', -1, v.Type().Bits())...)
	case reflect.String:
		return strconv.AppendQuote(b, v.String())
	case reflect.Array:
		return appendElements(b, v)
	case reflect.Slice:
		if v.IsNil() {
			return append(b, "nil"...)
		}
		return appendElements(b, v)
	case reflect.Struct:
		b = append(b, '{')
		for i := 0; i < v.NumField(); i++ {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = appendLiteral(b, v.Field(i))
		}
		return append(b, '}')
	case reflect.Interface:
		if v.IsNil() {
			return append(b, "nil"...)
		}
		return appendDynamic(b, v.Elem())
	default: // pointers of all kinds; the oracle only makes nil ones
		return append(b, "nil"...)
	}
}

func appendElements(b []byte, v reflect.Value) []byte {
	b = append(b, '{')
	for i := 0; i < v.Len(); i++ {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = appendLiteral(b, v.Index(i))
	}
	return append(b, '}')
}

// appendDynamic writes an interface's value: plain when an untyped constant
// would take this type by default, as a conversion otherwise.
func appendDynamic(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Int, reflect.String, reflect.Float64, reflect.Bool, reflect.Complex128:
		return appendLiteral(b, v)
	}
	b = append(b, v.Type().String()...)
	b = append(b, '(')
	b = appendLiteral(b, v)
	return append(b, ')')
}

// appendFloat keeps a mark of the type: 2 is an int, 2.0 a float.
func appendFloat(b []byte, f float64, bits int) []byte {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return strconv.AppendFloat(b, f, 'g', -1, bits)
	}
	abs := math.Abs(f)
	if abs != 0 && (abs < 1e-4 || abs >= 1e21) {
		return strconv.AppendFloat(b, f, 'e', -1, bits)
	}
	start := len(b)
	b = strconv.AppendFloat(b, f, 'f', -1, bits)
	for _, c := range b[start:] {
		if c == '.' {
			return b
		}
	}
	return append(b, ".0"...)
}
