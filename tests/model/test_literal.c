/* SPDX-License-Identifier: MIT */
/* Literals, read and written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/go/value.h"
#include "tests/model/bench.h"
#include "tests/model/rig.h"

#include <cmocka.h>

/* Written as Go writes it; NULL: as it was read. */
static const struct {
	const char *type, *literal, *written;
} good[] = {
	{ "[2000000000]struct{}", "{}", NULL }, /* nothing, and at once */
	{ "[2000000000][0]*int", "{}", NULL },
	{ "[2]struct{}", "{{}, {}}", "{}" },
	{ "bool", "true", NULL },
	{ "bool", "false", NULL },
	{ "int", "42", NULL },
	{ "int", "-7", NULL },
	{ "int", "+7", "7" },
	{ "int", "0", NULL },
	{ "int", "-0", "0" },
	{ "int", "0x2a", "42" },
	{ "int", "0X2A", "42" },
	{ "int", "0b101", "5" },
	{ "int", "0o17", "15" },
	{ "int", "0O17", "15" },
	{ "int", "017", "15" },
	{ "int", "1_000", "1000" },
	{ "int", "-0x10", "-16" },
	{ "int", "'a'", "97" },
	{ "int", "'\\n'", "10" },
	{ "int", "'\\''", "39" },
	{ "int", "'\\xff'", "255" },
	{ "int", "'\\u00e9'", "233" },
	{ "int", "'\xc3\xa9'", "233" },
	{ "int", "'\xf0\x9f\x98\x80'", "128512" },
	{ "int8", "-128", NULL },
	{ "int8", "127", NULL },
	{ "int16", "-32768", NULL },
	{ "int32", "2147483647", NULL },
	{ "int64", "-9223372036854775808", NULL },
	{ "int64", "9223372036854775807", NULL },
	{ "uint", "-0", "0" },
	{ "uint8", "255", NULL },
	{ "uint16", "65535", NULL },
	{ "uint32", "4294967295", NULL },
	{ "uint64", "18446744073709551615", NULL },
	{ "uintptr", "5", NULL },
	{ "float64", "0", NULL },
	{ "float64", "-0.0", NULL },
	{ "float64", "-0", "-0.0" },
	{ "float64", "1.5", NULL },
	{ "float64", ".5", "0.5" },
	{ "float64", "5.", "5" },
	{ "float64", "0.1", NULL },
	{ "float64", "0x1p-2", "0.25" },
	{ "float64", "1e3", "1000" },
	{ "float64", "123456", NULL },
	{ "float64", "1234567", "1.234567e+06" },
	{ "float64", "0.0001", NULL },
	{ "float64", "0.00001", "1e-05" },
	{ "float64", "5e-324", NULL },
	{ "float64", "1.7976931348623157e+308", NULL },
	{ "float64", "+Inf", NULL },
	{ "float64", "Inf", "+Inf" },
	{ "float64", "-Inf", NULL },
	{ "float64", "NaN", NULL },
	{ "float32", "0.1", NULL },
	{ "float32", "16777217", "1.6777216e+07" },
	{ "float32", "3.4028235e38", "3.4028235e+38" },
	/* Just below the middle of two floats, which is all that a double can see of it. */
	{ "float32", "1.00000017881393432617187499", "1.0000001" },
	{ "float32", "1.00000017881393432617187501", "1.0000002" },
	{ "complex128", "(1+2i)", NULL },
	{ "complex128", "1-2i", "(1-2i)" },
	{ "complex128", "2i", "(0+2i)" },
	{ "complex128", "5", "(5+0i)" },
	{ "complex128", "(-0.0-0.0i)", NULL },
	{ "complex128", "(NaN+Infi)", NULL },
	{ "complex64", "(1.5-Infi)", NULL },
	{ "string", "\"\"", NULL },
	{ "string", "``", "\"\"" },
	{ "string", "\"a b\"", NULL },
	{ "string", "`a\"b\\n`", "\"a\\\"b\\\\n\"" },
	{ "string", "\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\"", NULL },
	{ "string", "\"\\x41\\101\\u0041\\U00000041\"", "\"AAAA\"" },
	{ "string", "\"\\x00\\x1f\\x7f\\xff\"", NULL },
	{ "string", "\"\\000\\377\"", "\"\\x00\\xff\"" },
	{ "string", "\"\xc3\xa9\xe2\x98\x83\xf0\x9f\x98\x80\"", NULL },
	{ "string", "\"\\u00e9\\U0001f600\"", "\"\xc3\xa9\xf0\x9f\x98\x80\"" },
	{ "string", "\"\\u00a0\\u00ad\\u200b\\u2028\\ufeff\\ue000\"", NULL },
	{ "string", "\"\\U000e0001\"", NULL },
	{ "string", "\"\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\"",
		"\"\\xc0\\xaf\\xed\\xa0\\x80\\xf4\\x90\\x80\\x80\"" },
	{ "unsafe.Pointer", "nil", NULL },
	{ "*int", "0xc000012040", NULL },
	{ "chan int", "nil", NULL },
	{ "func()", "0x10", NULL },
	{ "map[int]int", "nil", NULL },
	{ "[]int", "nil", NULL },
	{ "[]int", "{}", NULL },
	{ "[]int", "{1, -2, 3}", NULL },
	{ "[]int", "{1,2,}", "{1, 2}" },
	{ "[]struct{}", "{{}, {}}", NULL },
	{ "[][]string", "{{\"a\"}, nil, {}}", NULL },
	{ "[3]int8", "{1, 2, 3}", NULL },
	{ "[3]int8", "{}", "{0, 0, 0}" },
	{ "[2]struct{}", "{}", NULL },
	{ "[100]struct{}", "{}", NULL },
	{ "[0]int", "{}", NULL },
	{ "struct{}", "{}", NULL },
	{ "struct{ A int; B string; C [2]bool }", "{1, \"x\", {true, false}}", NULL },
	{ "struct{ A int; B string }", "{ 1 ,\t\"}\" }", "{1, \"}\"}" },
	{ "struct{ A int; _ string }", "{}", "{0, \"\"}" },
	{ "any", "nil", NULL },
	{ "any", "42", NULL },
	{ "any", "0x1e", "30" },
	{ "any", "1.5", NULL },
	{ "any", "1.0", NULL },
	{ "any", "1e3", "1000.0" },
	{ "any", "NaN", NULL },
	{ "any", "-Inf", NULL },
	{ "any", "\"x\"", NULL },
	{ "any", "`x`", "\"x\"" },
	{ "any", "true", NULL },
	{ "any", "(1+2i)", NULL },
	{ "any", "2i", "(0+2i)" },
	{ "any", "'x'", "int32(120)" },
	{ "any", "int8(-5)", NULL },
	{ "any", "uint8( 0x10 )", "uint8(16)" },
	{ "any", "byte(1)", "uint8(1)" },
	{ "any", "rune('x')", "int32(120)" },
	{ "any", "float32(1.5)", NULL },
	{ "any", "float64(1)", "1.0" },
	{ "any", "string(\"a\")", "\"a\"" },
	{ "any", "complex64((1+2i))", NULL },
	{ "any", "uintptr(9)", NULL },
	{ "int", "1e3", "1000" },
	{ "int", "-2.0", "-2" },
	{ "uint8", "0x1p4", "16" },
	{ "float64", "1_000", "1000" },
	{ "float64", "1_0.2_5", "10.25" },
	{ "float64", "0b11", "3" },
	{ "float64", "-0x10", "-16" },
	{ "float32", "'a'", "97" },
	/* Arrays: the rest is zero; places by number. */
	{ "[4]uint8", "{1, 2}", "{1, 2, 0, 0}" },
	{ "[4]uint8", "{2: 7}", "{0, 0, 7, 0}" },
	{ "[4]uint8", "{2: 7, 8, 0: 9}", "{9, 0, 7, 8}" },
	{ "[4]uint8", "{'\\x02': 1, 0x3: 2}", "{0, 0, 1, 2}" },
	{ "[4]uint8", "[4]byte{1, 2}", "{1, 2, 0, 0}" },
	{ "[4]uint8", "[...]byte{3: 1}", "{0, 0, 0, 1}" },
	{ "[2][2]int8", "{{1}, [2]int8{1: 2}}", "{{1, 0}, {0, 2}}" },
	{ "[]int", "{3: 1, 2}", "{0, 0, 0, 1, 2}" },
	{ "[]int", "[]int{1, 2}", "{1, 2}" },
	{ "[]string", "{1: `x`, 0: \"\"}", "{\"\", \"x\"}" },
	/* Bytes. */
	{ "[4]uint8", "0xdeadBEEF", "{222, 173, 190, 239}" },
	{ "[2][2]uint8", "{0x0102, 0x0304}", "{{1, 2}, {3, 4}}" },
	{ "[]uint8", "0x0102", "{1, 2}" },
	{ "[]uint8", "[]byte(\"hi\")", "{104, 105}" },
	{ "[]uint8", "[]byte(``)", "{}" },
	{ "[]int32", "[]rune(\"\xc3\xa9\x21\xff\")", "{233, 33, 65533}" },
	/* Structs: fields by their names. */
	{ "struct{ A int; B string; C bool }", "{B: \"x\"}", "{0, \"x\", false}" },
	{ "struct{ A int; B string }", "{ B : `y`, A : 'a', }", "{97, \"y\"}" },
	{ "struct{ A int; _ int; B [2]int }", "{B: {1: 5}}", "{0, 0, {0, 5}}" },
	{ "struct{ A struct{ X, Y int } }", "{A: {Y: 1}}", "{{0, 1}}" },
	{ "struct{ A int }", "struct{ A int }{A: 3}", "{3}" },
	{ "netip.AddrPort", "{port: 80}", "{{{0, 0}, nil}, 80}" },
	{ "struct{ sync.Mutex; N int }", "{N: 1, Mutex: {}}", "{{0, 0}, 1}" },
	/* Conversions. */
	{ "time.Duration", "time.Duration(5)", "5" },
	{ "time.Duration", "time.Duration( 1e9 )", "1000000000" },
	{ "time.Duration", "time.Duration(int8(-5))", "-5" },
	{ "int8", "int8(uint64(5))", "5" },
	{ "int", "int(float64(2))", "2" },
	{ "float32", "float32(int(3))", "3" },
	{ "string", "string(\"x\")", "\"x\"" },
	{ "json.Number", "json.Number(\"1\")", "\"1\"" },
	{ "json.RawMessage", "json.RawMessage(\"{}\")", "{123, 125}" },
	{ "json.RawMessage", "json.RawMessage{1}", "{1}" },
	{ "json.RawMessage", "[]byte(\"a\")", "{97}" },
	{ "json.RawMessage", "json.RawMessage([]byte{1, 2})", "{1, 2}" },
	{ "*int", "(*int)(nil)", "nil" },
	{ "*int", "(*int)(0x12040)", "0x12040" },
	{ "chan int", "(chan int)(nil)", "nil" },
	{ "map[int]int", "map[int]int(nil)", "nil" },
	{ "any", "any(5)", "5" },
	{ "any", "int8(int(5))", "int8(5)" },
	{ "error", "error(nil)", "nil" },
	{ "error", "nil", NULL },
	{ "error", "\"boom\"", NULL },
	{ "error", "\"\"", NULL },
};

/* Read, written, read again: the literal stands, and the value equals itself. */
static void literals_come_back(void **state)
{
	static const char *const arches[] = { "amd64", "386", "s390x" };

	(void)state;
	for (size_t i = 0; i < LENGTH(good); i++) {
		for (size_t k = 0; k < LENGTH(arches); k++) {
			const char *want = good[i].written ? good[i].written : good[i].literal;
			uint8_t again[512] = { 0 };
			struct bench b;
			char *first, *second;

			if (k == 1 && strcmp(good[i].literal, "0xc000012040") == 0)
				continue; /* no address of 32 bits */
			bench_open(&b, good[i].type, arches[k]);
			assert_true(b.type->size <= sizeof again);
			if (!bench_read(&b, good[i].literal, b.value))
				fail_msg("%s %s on %s: %s", good[i].type, good[i].literal,
					arches[k], b.err.msg);
			first = bench_write(&b, b.value);
			if (strcmp(first, want) != 0)
				fail_msg("%s %s on %s is written as %s, not %s", good[i].type,
					good[i].literal, arches[k], first, want);
			if (!bench_read(&b, first, again))
				fail_msg("%s %s on %s: %s", good[i].type, first, arches[k],
					b.err.msg);
			second = bench_write(&b, again);
			assert_string_equal(first, second);
			if (b.type->alg != ALG_NONE && !strstr(want, "NaN"))
				assert_true(value_equal(&b.s.world.heap, b.type, b.value, again));
			free(first);
			free(second);
			bench_close(&b);
		}
	}
}

static const struct {
	const char *type, *literal, *says;
} bad[] = {
	{ "int", "", "key of type int is missing, such as 42 or 0x2a" },
	{ "int", "x", "key x is no int: it is written as 42 or 0x2a" },
	{ "int", "1.5", "key 1.5 is no int: it is written as 42 or 0x2a" },
	{ "int", "1e", "key 1e is no int: it is written as 42 or 0x2a" },
	{ "int", "1_.0", "key 1_.0 is no int: it is written as 42 or 0x2a" },
	{ "any", "a[int8(5",
		"key a[int8(5 lacks its type: an interface holds such as 42, 1.5, "
		"\"text\", true, int8(5), T{..} or nil" },
	{ "uint8", "1e3", "key 1e3 does not fit uint8" },
	{ "float64", "1__0.5",
		"key 1__0.5 is no float64: it is written as 1.5, -0.0, +Inf or NaN" },
	{ "float64", "1_.5", "key 1_.5 is no float64: it is written as 1.5, -0.0, +Inf or NaN" },
	{ "int", "0x", "key 0x is no int: it is written as 42 or 0x2a" },
	{ "int", "08", "key 08 is no int: it is written as 42 or 0x2a" },
	{ "int", "0b2", "key 0b2 is no int: it is written as 42 or 0x2a" },
	{ "int", "--1", "key --1 is no int: it is written as 42 or 0x2a" },
	{ "int", "-", "key - is no int: it is written as 42 or 0x2a" },
	{ "int", "1a", "key 1a is no int: it is written as 42 or 0x2a" },
	{ "int", "1;", "key: \";\" behind the literal is not understood" },
	{ "int", "1\"", "key: \"\"\" behind the literal is not understood" },
	{ "int", "''", "key has more or less than one character between ' and '" },
	{ "int", "'ab'", "key has more or less than one character between ' and '" },
	{ "int", "'\xc3\xa9x'", "key has more or less than one character between ' and '" },
	{ "int", "'\xc3\xa9\xc3\xa9'", "key has more or less than one character between ' and '" },
	{ "int", "'0123456789012345678901234567890123456789'",
		"key has more or less than one character between ' and '" },
	{ "int", "'a", "key has an unterminated string" },
	{ "int", "'\\\"'", "key has a bad escape \\\" in its string" },
	{ "uint8", "300", "key 300 does not fit uint8" },
	{ "uint8", "'\\u0100'", "key '\\u0100' does not fit uint8" },
	{ "uint", "-1", "key -1 does not fit uint" },
	{ "int8", "-129", "key -129 does not fit int8" },
	{ "int8", "128", "key 128 does not fit int8" },
	{ "int64", "9223372036854775808", "key 9223372036854775808 does not fit int64" },
	{ "uint64", "18446744073709551616", "key 18446744073709551616 does not fit uint64" },
	{ "uint64", "99999999999999999999999", "key 99999999999999999999999 does not fit uint64" },
	{ "bool", "", "key of type bool is missing, such as true or false" },
	{ "bool", "1", "key 1 is no bool: it is written as true or false" },
	{ "bool", "truex", "key truex is no bool: it is written as true or false" },
	{ "float64", "", "key of type float64 is missing, such as 1.5, -0.0, +Inf or NaN" },
	{ "float64", "1e400", "key 1e400 does not fit float64" },
	{ "float64", "-1e400", "key -1e400 does not fit float64" },
	{ "float32", "1e39", "key 1e39 does not fit float32" },
	{ "float32", "3.4028236e38", "key 3.4028236e38 does not fit float32" },
	{ "float64", "1e", "key 1e is no float64: it is written as 1.5, -0.0, +Inf or NaN" },
	{ "float64", "Infinity",
		"key Infinity is no float64: it is written as 1.5, -0.0, +Inf or NaN" },
	{ "float64", "nan", "key nan is no float64: it is written as 1.5, -0.0, +Inf or NaN" },
	{ "float64", "\"1\"", "key \"1\" is no float64: it is written as 1.5, -0.0, +Inf or NaN" },
	{ "float64", "1.5x", "key 1.5x is no float64: it is written as 1.5, -0.0, +Inf or NaN" },
	{ "complex128", "(1", "key (1 is no complex128: it is written as (1+2i)" },
	{ "complex128", "(1+2)", "key (1+2) is no complex128: it is written as (1+2i)" },
	{ "complex128", "(1+2i", "key (1+2i is no complex128: it is written as (1+2i)" },
	{ "complex128", "()", "key () is no complex128: it is written as (1+2i)" },
	{ "complex128", "1e400", "key 1e400 does not fit complex128" },
	{ "complex64", "(1+1e39i)", "key (1+1e39i) does not fit complex64" },
	{ "string", "", "key of type string is missing, such as \"text\"" },
	{ "string", "a", "key a is no string: it is written as \"text\"" },
	{ "string", "'a'", "key 'a' is no string: it is written as \"text\"" },
	{ "string", "\"a", "key has an unterminated string" },
	{ "string", "`a", "key has an unterminated string" },
	{ "string", "\"a\\\"", "key has an unterminated string" },
	{ "string", "\"\\", "key has a bad escape \\ in its string" },
	{ "string", "\"\\q\"", "key has a bad escape \\q in its string" },
	{ "string", "\"\\'\"", "key has a bad escape \\' in its string" },
	{ "string", "\"\\x4\"", "key has a bad escape \\x in its string" },
	{ "string", "\"\\xg0\"", "key has a bad escape \\x in its string" },
	{ "string", "\"\\400\"", "key has a bad escape \\4 in its string" },
	{ "string", "\"\\08\"", "key has a bad escape \\0 in its string" },
	{ "string", "\"\\u123\"", "key has a bad escape \\u in its string" },
	{ "string", "\"\\ud800\"", "key has a bad escape \\u in its string" },
	{ "string", "\"\\U00110000\"", "key has a bad escape \\U in its string" },
	{ "string", "\"a\"b", "key: \"b\" behind the literal is not understood" },
	{ "*int", "42",
		"key 42 is no *int: it is written as nil or an address such as 0xc000012040" },
	{ "*int", "0x",
		"key 0x is no *int: it is written as nil or an address such as 0xc000012040" },
	{ "*int", "0x1ffffffffffffffff", "key 0x1ffffffffffffffff does not fit *int" },
	{ "map[int]int", "{}",
		"key { is no map[int]int: it is written as nil or an address such as "
		"0xc000012040" },
	{ "[]int", "1", "key 1 is no []int: it is written as nil or {42, 42}" },
	{ "[]int", "{1", "key has a \"{\" without its \"}\"" },
	{ "[]int", "{1 2}", "key has a \"{\" without its \"}\"" },
	{ "[]int", "{,}", "key , is no int: it is written as 42 or 0x2a" },
	{ "[]int", "{\"a\"}", "key \"a\" is no int: it is written as 42 or 0x2a" },
	{ "[]int8", "{1, 300}", "key 300 does not fit int8" },
	{ "[3]int", "{1, 2, 3, 4}", "key: index 3 is out of bounds (>= 3) of [3]int" },
	{ "[3]int", "{3: 1}", "key: index 3 out of bounds [0:3]" },
	{ "[3]int", "{99999999999999999999: 1}",
		"key: index 99999999999999999999 out of bounds [0:3]" },
	{ "[3]int", "{-1: 1}", "key: index -1 must not be negative" },
	{ "[3]int", "{1: 1, 1: 2}", "key: duplicate index 1 in array or slice literal" },
	{ "[]int", "{1, 0: 2}", "key: duplicate index 0 in array or slice literal" },
	{ "[]int", "{1, 2, 3, 8: 1, 2, 9: 1}", "key: duplicate index 9 in array or slice literal" },
	{ "[]int", "{4611686018427387904: 1}",
		"key: index 4611686018427387904 is more than memory holds" },
	{ "[4]uint8", "0x0102", "key 0x0102 has 4 digits: [4]uint8 takes 8" },
	{ "[4]uint8", "0x",
		"key 0x is no [4]uint8: it is written as {42, 42}, or as 0x and 8 "
		"digits" },
	{ "[4]uint8", "0x0102030g", "key 0x0102030g has 7 digits: [4]uint8 takes 8" },
	{ "[]uint8", "0x012", "key 0x012 has an odd number of digits" },
	{ "[3]int", "{1, 2, 3", "key has a \"{\" without its \"}\"" },
	{ "[0]int", "{1}", "key: index 0 is out of bounds (>= 0) of [0]int" },
	{ "[3]int", "", "key of type [3]int is missing, such as {42, 42}" },
	{ "struct{}", "{1}", "key: too many values in struct literal of type struct {}" },
	{ "struct{ A, B int }", "{1}",
		"key: too few values in struct literal of type struct { A int; B int }" },
	{ "struct{ A, B int }", "{1, 2, 3}",
		"key: too many values in struct literal of type struct { A int; B int }" },
	{ "struct{ A, B int }", "{A: 1, 2}",
		"key: mixture of field:value and value elements in struct literal" },
	{ "struct{ A, B int }", "{1, B: 2}",
		"key: mixture of field:value and value elements in struct literal" },
	{ "struct{ A, B int }", "{A: 1, A: 2}", "key: duplicate field name A in struct literal" },
	{ "struct{ A, B int }", "{C: 2}",
		"key: unknown field C in struct literal of type struct { A int; B int }" },
	{ "struct{ A, _ int }", "{_: 2}",
		"key: unknown field _ in struct literal of type struct { A int; _ int }" },
	{ "struct{ A, B int }", "x",
		"key x is no struct { A int; B int }: it is written as "
		"{A: 42, B: 42}" },
	{ "struct{ sync.Mutex }", "{state: 1}",
		"key: unknown field state in struct literal of type struct { sync.Mutex }" },
	{ "time.Duration", "time.Month(5)",
		"key: cannot use time.Month(..) (value of type time.Month) as time.Duration "
		"value" },
	{ "int", "time.Duration(5)",
		"key: cannot use time.Duration(..) (value of type time.Duration) as int value" },
	{ "int8", "int8(300)", "key 300 does not fit int8" },
	{ "int8", "int8(int(300))",
		"key: cannot convert int(300) to type int8: constant 300 overflows int8" },
	{ "uint8", "uint8(int(-1))",
		"key: cannot convert int(-1) to type uint8: constant -1 overflows uint8" },
	{ "string", "string(int(5))",
		"key: cannot convert int(..) (value of type int) to type string" },
	{ "time.Duration", "time.Duration{}", "key: invalid composite literal type time.Duration" },
	{ "int", "int", "key int is no int: it is written as 42 or 0x2a" },
	{ "int", "foo(1)", "key: undefined: foo" },
	{ "int", "foo.Bar{}", "key: undefined: foo.Bar" },
	{ "int", "[]int", "key: []int (type) is not an expression" },
	{ "*int", "&int(5)", "key: invalid operation: cannot take address of int(..)" },
	{ "*int", "&int{}", "key: invalid composite literal type int" },
	{ "*int", "&[2]int{}",
		"key: cannot use &[2]int{..} (value of type *[2]int) as *int value" },
	{ "int", "&int{}", "key: cannot use an address as int value" },
	{ "[3]int", "[...]int{1, 2}",
		"key: cannot use [...]int{..} (value of type [2]int) as [3]int value" },
	{ "[3]int", "[2]int{1, 2}",
		"key: cannot use [2]int{..} (value of type [2]int) as [3]int value" },
	{ "[]int", "[...]int{1}", "key: cannot use [...] array as []int value" },
	{ "[3]int", "[]int{1}", "key: cannot use []int{..} (value of type []int) as [3]int value" },
	{ "[]uint8", "[]byte(5)",
		"key 5 is no []uint8: it is written as nil, {42, 42}, 0x2a2a or "
		"[]byte(\"text\")" },
	{ "[]uint8", "\"x\"",
		"key \"x\" is no []uint8: it is written as nil, {42, 42}, 0x2a2a or "
		"[]byte(\"text\")" },
	{ "[]int", "[]int({1})", "key: []int({..}) lacks the type of what is converted" },
	{ "map[int]int", "map[int]int{}",
		"key: map[int]int inside a map has no memory "
		"here: it is nil or an address, such as 0xc000010000" },
	{ "any", "[]int{1}", "key: runtime error: hash of unhashable type []int" },
	{ "any", "", "key of type int is missing, such as 42 or 0x2a" },
	{ "any", "{1}",
		"key {1 lacks its type: an interface holds such as 42, 1.5, \"text\", "
		"true, int8(5), T{..} or nil" },
	{ "any", "int8(300)", "key 300 does not fit int8" },
	{ "any", "int8(5", "key has an unclosed \"(\"" },
	{ "any", "int8(", "key of type int8 is missing, such as 42 or 0x2a" },
	{ "any", "foo(1)", "key: undefined: foo" },
	{ "error", "boom", "key boom is no error: it is written as nil or \"text\"" },
	{ "error", "\"boom", "key has an unterminated string" },
};

static void bad_literals_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(bad); i++) {
		struct bench b;

		bench_open(&b, bad[i].type, "amd64");
		if (bench_read(&b, bad[i].literal, b.value))
			fail_msg("%s is taken for a %s", bad[i].literal, bad[i].type);
		if (strcmp(b.err.msg, bad[i].says) != 0)
			fail_msg("%s %s\n  says %s\n  not  %s", bad[i].type, bad[i].literal,
				b.err.msg, bad[i].says);
		bench_close(&b);
	}
}

static void ints_are_as_wide_as_the_target(void **state)
{
	static const struct {
		const char *arch, *type, *most, *more;
	} rows[] = {
		{ "amd64", "int", "9223372036854775807", "9223372036854775808" },
		{ "386", "int", "2147483647", "2147483648" },
		{ "386", "uint", "4294967295", "4294967296" },
		{ "386", "uintptr", "4294967295", "4294967296" },
		{ "386", "*int", "0xffffffff", "0x100000000" },
		{ "arm", "int", "-2147483648", "-2147483649" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct bench b;
		char *says = xasprintf("key %s does not fit %s", rows[i].more, rows[i].type);

		bench_open(&b, rows[i].type, rows[i].arch);
		assert_true(bench_read(&b, rows[i].most, b.value));
		assert_false(bench_read(&b, rows[i].more, b.value));
		assert_string_equal(b.err.msg, says);
		free(says);
		bench_close(&b);
	}
}

/* An error is a pointer: two of one text are the same value, one that was made once. */
static void errors_are_made_once(void **state)
{
	struct bench b;
	uint8_t other[16], third[16];
	struct error err;

	(void)state;
	bench_open(&b, "error", "amd64");
	assert_true(bench_read(&b, "\"a\"", b.value));
	assert_true(bench_read(&b, "`a`", other));
	assert_true(bench_read(&b, "\"b\"", third));
	assert_memory_equal(b.value, other, 16);
	assert_memory_not_equal(b.value, third, 16);
	assert_true(value_equal(&b.s.world.heap, b.type, b.value, other));
	assert_false(value_equal(&b.s.world.heap, b.type, b.value, third));
	for (unsigned i = 2; i < HEAP_ERRORS; i++) {
		char text[32];

		snprintf(text, sizeof text, "\"e%u\"", i);
		assert_true(bench_read(&b, text, b.value));
	}
	assert_false(bench_read(&b, "\"one more\"", b.value));
	assert_string_equal(b.err.msg, "more than 64 different errors");
	(void)err;
	bench_close(&b);
}

static void long_strings_are_cut_for_display(void **state)
{
	struct bench b;
	struct text out = { 0 };

	(void)state;
	bench_open(&b, "[]string", "amd64");
	assert_true(bench_read(&b, "{\"abcdef\", \"abc\"}", b.value));
	value_format(&b.s.world.heap, b.type, b.value, &out, 4);
	assert_string_equal(text_str(&out), "{\"abcd\"..., \"abc\"}");
	text_free(&out);
	bench_close(&b);
}

/* A string or slice that leads out of the heap, as damaged memory has it, is not followed. */
static void stray_pointers_are_not_followed(void **state)
{
	static const struct {
		const char *type, *shown;
	} rows[] = { { "string", "?1000" }, { "[]int", "{?1000}" } };
	static const uint64_t addresses[] = { 1, 0x1000, UINT64_MAX, UINT64_MAX - 500,
		0xc100000000 };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		for (size_t k = 0; k < LENGTH(addresses); k++) {
			struct bench b;
			char *shown;

			bench_open(&b, rows[i].type, "amd64");
			store_uint(b.s.given.target, b.value, 8, addresses[k]);
			store_uint(b.s.given.target, b.value + 8, 8, 1000);
			shown = bench_write(&b, b.value);
			assert_string_equal(shown, rows[i].shown);
			free(shown);
			bench_close(&b);
		}
	}
}

static bool clean(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return false;
	return true;
}

/* Whatever a string's bytes are: its literal shows, and it reads back as the same bytes. */
static void any_bytes_make_a_literal(void **state)
{
	struct rig_dice d = { 11 };
	struct bench b;

	(void)state;
	bench_open(&b, "string", "amd64");
	for (unsigned round = 0; round < 20000; round++) {
		uint8_t bytes[24], again[16];
		size_t len = rig_below(&d, sizeof bytes);
		struct text literal = { 0 };

		for (size_t i = 0; i < len; i++) {
			bytes[i] = (uint8_t)rig_roll(&d);
			if (round % 3 == 0)
				bytes[i] |= 0x80; /* more often UTF-8, or nearly */
		}
		value_quote(&literal, bytes, len);
		assert_true(clean(text_str(&literal)));
		b.home.scratch = true;
		heap_scratch_reset(&b.s.world.heap);
		if (!bench_read(&b, text_str(&literal), again))
			fail_msg("%s: %s", text_str(&literal), b.err.msg);
		assert_int_equal(load_uint(b.s.given.target, again + 8, 8), len);
		if (len)
			assert_memory_equal(heap_at(&b.s.world.heap, load_uint(b.s.given.target,
				again, 8)), bytes, len);
		text_free(&literal);
	}
	bench_close(&b);
}

static const char *const fuzzed[] = { "int", "uint8", "bool", "string", "float64", "float32",
	"complex128", "any", "error", "[]string", "[2]any", "struct{ A int; B []float32; C *int }",
	"[]struct{}", "[3]struct{ _ bool; S string }", "chan int" };

/* Random text: a value or a clean message, never a crash, and what is written is clean. */
static void random_text_does_no_harm(void **state)
{
	static const char pieces[] =
		"0123456789abcdefxX_+-.eEiInNaf\"'`\\{}(), \t#nul{}{},,\x01\x7f\xc3\xa9";
	struct rig_dice d = { 5 };

	(void)state;
	for (size_t i = 0; i < LENGTH(fuzzed); i++) {
		struct bench b;

		bench_open(&b, fuzzed[i], i % 2 ? "amd64" : "386");
		b.home.scratch = true;
		for (unsigned round = 0; round < 8000; round++) {
			char text[40];
			const char *at = text;
			size_t len = rig_below(&d, sizeof text), from = rig_below(&d, LENGTH(good));

			for (size_t k = 0; k < len; k++)
				text[k] = pieces[rig_below(&d, sizeof pieces - 1)];
			text[len] = '\0';
			if (round % 2) /* a good one with a change or two */
				snprintf(text, sizeof text, "%.38s", good[from].literal);
			if (round % 2 && *text)
				text[rig_below(&d, strlen(text))] =
					pieces[rig_below(&d, sizeof pieces - 1)];
			heap_scratch_reset(&b.s.world.heap);
			b.err.msg[0] = '\0';
			if (value_parse(&b.home, b.type, &at, b.value, "key", &b.err)) {
				char *out = bench_write(&b, b.value);

				assert_true(at >= text && at <= text + sizeof text);
				assert_true(clean(out));
				free(out);
			} else {
				assert_true(b.err.msg[0] && clean(b.err.msg));
			}
		}
		bench_close(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literals_come_back),
		cmocka_unit_test(bad_literals_are_refused),
		cmocka_unit_test(ints_are_as_wide_as_the_target),
		cmocka_unit_test(errors_are_made_once),
		cmocka_unit_test(long_strings_are_cut_for_display),
		cmocka_unit_test(stray_pointers_are_not_followed),
		cmocka_unit_test(any_bytes_make_a_literal),
		cmocka_unit_test(random_text_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
