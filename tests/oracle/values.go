package main

import (
	"io/fs"
	"math"
	"math/rand"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// values draws random values of any type the pairs use.
type values struct {
	rng   *rand.Rand
	dense int  // small integers come from [-1, dense)
	nan   bool // floats may be NaN
}

// setNaN sets the bits, of a complex number those of its real part: a conversion to float32 makes
// others of them on mips.
func setNaN(v reflect.Value) {
	switch p := v.Addr().UnsafePointer(); v.Kind() {
	case reflect.Float32, reflect.Complex64:
		*(*uint32)(p) = 0x7fc00000
	default:
		*(*float64)(p) = math.NaN()
	}
}

func (g *values) oneIn(n int) bool { return g.rng.Intn(n) == 0 }

// of returns a new value of type t.
func (g *values) of(t reflect.Type) reflect.Value {
	v := reflect.New(t).Elem()
	g.fill(v)
	return v
}

func (g *values) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(g.oneIn(2))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		shift := uint(64 - v.Type().Bits())
		v.SetInt(g.integer() << shift >> shift)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		shift := uint(64 - v.Type().Bits())
		v.SetUint(uint64(g.integer()) << shift >> shift)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(g.float(v.Type().Bits()))
		if g.nan && g.oneIn(12) {
			setNaN(v)
		}
	case reflect.Complex64, reflect.Complex128:
		bits := v.Type().Bits() / 2
		v.SetComplex(complex(g.float(bits), g.float(bits)))
		if g.nan && g.oneIn(12) {
			setNaN(v)
		}
	case reflect.String:
		v.SetString(g.text())
	case reflect.Array:
		g.fillArray(v)
	case reflect.Struct:
		for i := 0; i < v.NumField(); i++ {
			if v.Type().Field(i).Name != "_" {
				g.fill(v.Field(i))
			}
		}
	case reflect.Slice:
		if !g.oneIn(4) {
			n := g.rng.Intn(5)
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			g.fillArray(v)
		}
	case reflect.Interface:
		if v.NumMethod() == 0 {
			g.fillAny(v)
		}
	}
}

// fillArray fills all elements, or, to keep long literals short, a few.
func (g *values) fillArray(v reflect.Value) {
	for i := 0; i < v.Len(); i++ {
		if v.Len() <= 8 || g.oneIn(8) {
			g.fill(v.Index(i))
		}
	}
}

// integer is mostly small and dense, so that keys meet again.
func (g *values) integer() int64 {
	switch g.rng.Intn(8) {
	case 0:
		return int64(g.rng.Uint64())
	case 1:
		return int64(g.rng.Uint64() >> uint(g.rng.Intn(64)))
	case 2:
		return -int64(g.rng.Intn(g.dense + 1))
	case 3:
		return []int64{0, 1, -1, math.MaxInt64, math.MinInt64, math.MaxInt32, math.MinInt32}[g.rng.Intn(7)]
	}
	return int64(g.rng.Intn(g.dense+1)) - 1
}

func (g *values) float(bits int) float64 {
	f := 0.0
	switch g.rng.Intn(10) {
	case 0:
		f = math.Copysign(0, -1)
	case 1:
		f = 0
	case 2:
		f = math.Inf(1 - 2*g.rng.Intn(2))
	case 3:
		f = []float64{0.1, -0.3, math.Pi, 1e-5, 1e30, 2.5e-38, 1 << 24}[g.rng.Intn(7)]
	case 4, 5:
		f = float64(g.rng.Intn(2*g.dense+1) - g.dense)
	default:
		f = float64(g.rng.Intn(8*g.dense+1)-4*g.dense) / 8
	}
	if bits == 32 {
		return float64(float32(f))
	}
	return f
}

// The hash functions treat strings by length class; these are the classes'
// bounds, for AES and for the portable hash.
var textBounds = []int{0, 1, 3, 4, 5, 8, 9, 16, 17, 32, 33, 48, 49, 64, 65, 96, 128, 129, 200}

var runes = []string{"é", "€", "世界", "Ω", "🙂", "\x00", "\t", "\n", "\"", "\\", "\x1b", "\x7f", "\xff", "'"}

func (g *values) text() string {
	switch g.rng.Intn(6) {
	case 0, 1, 2:
		return "k" + strconv.Itoa(g.rng.Intn(4*g.dense+1))
	case 3:
		n := textBounds[g.rng.Intn(len(textBounds))]
		if i := g.rng.Intn(3); n > 0 && n < 200 {
			n += i - 1
		}
		return g.letters(n)
	case 4:
		return g.letters(g.rng.Intn(24))
	}
	return g.letters(g.rng.Intn(5)) + runes[g.rng.Intn(len(runes))] + g.letters(g.rng.Intn(9))
}

func (g *values) letters(n int) string {
	var b strings.Builder
	for i := 0; i < n; i++ {
		b.WriteByte("abcdefghijklmnopqrstuvwxyz0123456789-_ .,:/#"[g.rng.Intn(44)])
	}
	return b.String()
}

// The dynamic types found in an interface. Those that are not an untyped
// constant's default are written as conversions.
var dynamic = []interface{}{
	int(0), int(0), int(0), "", "", float64(0), false, int8(0), int16(0), int32(0), int64(0),
	uint(0), uint8(0), uint16(0), uint32(0), uint64(0), uintptr(0), float32(0), complex128(0),
	time.Duration(0), reflect.Kind(0), fs.FileMode(0), [2]int16{}, [3]string{}, struct{}{},
	struct {
		A, B int32
		C    string
	}{}, struct {
		A int8
		B float32
	}{}, struct{ A, _, B int16 }{},
	[2]interface{}{}, (*int)(nil), struct{ P *int }{},
}

func (g *values) fillAny(v reflect.Value) {
	if g.oneIn(20) {
		return // nil
	}
	v.Set(g.of(reflect.TypeOf(dynamic[g.rng.Intn(len(dynamic))])))
}
