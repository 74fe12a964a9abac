package main

import (
	"bytes"
	"math"
	"reflect"
	"strconv"
	"strings"
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
		return appendComplex(b, v.Complex(), v.Type().Bits())
	case reflect.String:
		return appendQuote(b, v.String())
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
	if v.Type().PkgPath() != "" {
		b = append(b, v.Type().String()+"("...)
		return append(appendLiteral(b, v), ')')
	}
	switch v.Kind() {
	case reflect.Array, reflect.Struct:
		return appendLiteral(append(b, v.Type().String()...), v)
	case reflect.Ptr:
		return append(b, "("+v.Type().String()+")(nil)"...)
	case reflect.Int, reflect.String, reflect.Bool, reflect.Complex128:
		return appendLiteral(b, v)
	case reflect.Float64: // 2 would be an int
		start := len(b)
		b = appendLiteral(b, v)
		if !bytes.ContainsAny(b[start:], ".eIN") {
			b = append(b, ".0"...)
		}
		return b
	}
	b = append(b, v.Type().String()...)
	b = append(b, '(')
	b = appendLiteral(b, v)
	return append(b, ')')
}

// appendFloat writes the shortest decimal that reads back the same; -0 would
// read as the integer zero.
func appendFloat(b []byte, f float64, bits int) []byte {
	if f == 0 && math.Signbit(f) {
		return append(b, "-0.0"...)
	}
	return strconv.AppendFloat(b, f, 'g', -1, bits)
}

func appendComplex(b []byte, c complex128, bits int) []byte {
	b = append(b, '(')
	b = appendFloat(b, real(c), bits/2)
	if part := imag(c); !math.Signbit(part) && !math.IsInf(part, 0) {
		b = append(b, '+')
	}
	b = appendFloat(b, imag(c), bits/2)
	return append(b, "i)"...)
}

// appendQuote writes a string as all releases from 1.19 on do: 1.18 has \u007f for \x7f.
func appendQuote(b []byte, s string) []byte {
	b = append(b, '"')
	for i, part := range strings.Split(s, "\x7f") {
		if i > 0 {
			b = append(b, `\x7f`...)
		}
		quoted := strconv.Quote(part)
		b = append(b, quoted[1:len(quoted)-1]...)
	}
	return append(b, '"')
}
