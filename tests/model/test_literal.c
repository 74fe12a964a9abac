/* SPDX-License-Identifier: MIT */
/* Literals, read and written; values by number. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/go/value.h"
#include "tests/model/rig.h"

#include <cmocka.h>

/* One value of a type, in a heap of its own. */
struct bench {
	struct session s;
	const struct gotype *type;
	struct value_home home;
	uint8_t *value;
	struct error err;
};

static void bench_open(struct bench *b, const char *type, const char *arch)
{
	char *map = xasprintf("map[int]%s", type);

	*b = (struct bench){ 0 };
	rig_open(&b->s, map, arch, true);
	free(map);
	b->type = b->s.world.map.type->elem;
	b->home = (struct value_home){ .heap = &b->s.world.heap };
	b->value = xcalloc(1, b->type->size);
}

static void bench_close(struct bench *b)
{
	free(b->value);
	session_close(&b->s);
}

/* Reads a literal that must be all of the text. */
static bool bench_read(struct bench *b, const char *literal, uint8_t *value)
{
	return value_parse(&b->home, b->type, &literal, value, "key", &b->err) && *literal == '\0';
}

static char *bench_write(struct bench *b, const uint8_t *value)
{
	struct text out = { 0 };

	value_format(&b->s.world.heap, b->type, value, &out, 0);
	return out.s;
}

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
	{ "any", "a[int8(5", "key a[int8(5 is no basic value: an interface holds such as 42, 1.5, "
		"\"text\", true, int8(5) or nil" },
	{ "uint8", "1e3", "key 1e3 does not fit uint8" },
	{ "float64", "1__0.5", "key 1__0.5 is no float64: it is written as 1.5, -0.0, +Inf or NaN" },
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
	{ "[]int", "{1, 2, 3, 8: 1, 2, 9: 1}",
		"key: duplicate index 9 in array or slice literal" },
	{ "[]int", "{4611686018427387904: 1}",
		"key: index 4611686018427387904 is more than memory holds" },
	{ "[4]uint8", "0x0102", "key 0x0102 has 4 digits: [4]uint8 takes 8" },
	{ "[4]uint8", "0x", "key 0x is no [4]uint8: it is written as {42, 42}, or as 0x and 8 "
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
	{ "struct{ A, B int }", "{A: 1, A: 2}",
		"key: duplicate field name A in struct literal" },
	{ "struct{ A, B int }", "{C: 2}",
		"key: unknown field C in struct literal of type struct { A int; B int }" },
	{ "struct{ A, _ int }", "{_: 2}",
		"key: unknown field _ in struct literal of type struct { A int; _ int }" },
	{ "struct{ A, B int }", "x", "key x is no struct { A int; B int }: it is written as "
		"{A: 42, B: 42}" },
	{ "struct{ sync.Mutex }", "{state: 1}",
		"key: unknown field state in struct literal of type struct { sync.Mutex }" },
	{ "time.Duration", "time.Month(5)",
		"key: cannot use time.Month(..) (value of type time.Month) as time.Duration value" },
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
	{ "[]uint8", "[]byte(5)", "key 5 is no []uint8: it is written as nil, {42, 42}, 0x2a2a or "
		"[]byte(\"text\")" },
	{ "[]uint8", "\"x\"", "key \"x\" is no []uint8: it is written as nil, {42, 42}, 0x2a2a or "
		"[]byte(\"text\")" },
	{ "[]int", "[]int({1})", "key: []int({..}) lacks the type of what is converted" },
	{ "map[int]int", "map[int]int{}", "key: the map in it is written as nil or an address" },
	{ "any", "[]int{1}", "key: a value of type []int in an interface is not known: it holds "
		"such as 42, 1.5, \"text\", true, int8(5) or nil" },
	{ "any", "", "key of type int is missing, such as 42 or 0x2a" },
	{ "any", "{1}",
		"key {1 is no basic value: an interface holds such as 42, 1.5, \"text\", "
		"true, int8(5) or nil" },
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

/* &T{..}, and {..} where a pointer to a T is wanted, make a T. */
static void pointers_lead_to_what_they_say(void **state)
{
	static const char *const literals[] = { "{7, 8}", "&{7, 8}", "&[2]int8{7, 8}",
		"(*[2]int8)(&[2]int8{1: 8, 0: 7})" };

	(void)state;
	for (size_t i = 0; i < LENGTH(literals); i++) {
		struct bench b;
		uint64_t addr;

		bench_open(&b, "*[2]int8", i % 2 ? "386" : "amd64");
		if (!bench_read(&b, literals[i], b.value))
			fail_msg("%s: %s", literals[i], b.err.msg);
		addr = load_uint(b.s.given.target, b.value, b.s.given.target->ptrsize);
		assert_memory_equal(heap_at(&b.s.world.heap, addr), "\7\10", 2);
		bench_close(&b);
	}
}

/* Types by their shape, and values of them spelled in one of the ways that Go has. */

static void random_type(struct rig_dice *d, unsigned depth, struct text *out)
{
	static const char *const leaves[] = { "int8", "uint8", "int", "uint64", "bool", "float32",
		"float64", "complex64", "string", "time.Duration", "[]byte", "[3]byte", "any",
		"*int", "json.Number" };
	unsigned n = depth ? (unsigned)rig_below(d, 8) : 0;

	if (n < 4) {
		text_add(out, leaves[rig_below(d, LENGTH(leaves))]);
	} else if (n < 6) {
		if (n == 4)
			text_add(out, "[]");
		else
			text_printf(out, "[%u]", (unsigned)rig_below(d, 4));
		random_type(d, depth - 1, out);
	} else {
		text_add(out, "struct{ ");
		for (unsigned i = 0, fields = (unsigned)rig_below(d, 4); i < fields; i++) {
			text_printf(out, "F%u ", i);
			random_type(d, depth - 1, out);
			text_add(out, "; ");
		}
		text_add(out, "}");
	}
}

/* The value without the parts that are zero. */
static bool is_zero(const struct gotype *t, const uint8_t *p)
{
	for (uint64_t i = 0; i < t->size; i++)
		if (p[i])
			return false;
	return true;
}

static void spell(struct bench *b, struct rig_dice *d, const struct gotype *t, const uint8_t *p,
	struct text *out);

static void spell_list(struct bench *b, struct rig_dice *d, const struct gotype *t,
	const uint8_t *p, uint64_t len, struct text *out)
{
	bool keys = rig_below(d, 2), array = t->kind == KIND_ARRAY, any = false, gap = false;

	text_add(out, "{ ");
	for (uint64_t i = 0; i < len; i++) {
		const uint8_t *value = p + i * t->elem->size;

		/* The length of a slice is that of its last value. */
		if (keys && is_zero(t->elem, value) && (array || i + 1 < len)) {
			gap = true;
			continue;
		}
		text_add(out, any ? "," : "");
		if (gap || (keys && rig_below(d, 2)))
			text_printf(out, "%llu : ", (unsigned long long)i);
		spell(b, d, t->elem, value, out);
		any = true;
		gap = false;
	}
	text_add(out, any && rig_below(d, 2) ? ",}" : "}");
}

static void spell_struct(struct bench *b, struct rig_dice *d, const struct gotype *t,
	const uint8_t *p, struct text *out)
{
	bool names = rig_below(d, 2), any = false;

	text_add(out, "{");
	for (unsigned i = 0; i < t->nfields; i++) {
		const struct gotype_field *f = &t->fields[i];

		if (names && is_zero(f->type, p + f->offset))
			continue;
		text_add(out, any ? ", " : "");
		if (names)
			text_printf(out, "%s: ", f->name);
		spell(b, d, f->type, p + f->offset, out);
		any = true;
	}
	text_add(out, "}");
}

static void spell(struct bench *b, struct rig_dice *d, const struct gotype *t, const uint8_t *p,
	struct text *out)
{
	unsigned w = t->target->ptrsize;
	uint64_t data;

	if (t->kind == KIND_ARRAY && t->elem->kind == KIND_UINT8 && t->len && rig_below(d, 2)) {
		text_add(out, "0x");
		for (uint64_t i = 0; i < t->len; i++)
			text_printf(out, "%02x", p[i]);
		return;
	}
	if (t->kind == KIND_SLICE && !load_uint(t->target, p, w)) {
		text_add(out, "nil");
		return;
	}
	if (t->kind == KIND_ARRAY || t->kind == KIND_SLICE || t->kind == KIND_STRUCT) {
		if (rig_below(d, 3) == 0)
			text_add(out, t->name);
		if (t->kind == KIND_STRUCT) {
			spell_struct(b, d, t, p, out);
			return;
		}
		data = t->kind == KIND_SLICE ? load_uint(t->target, p, w) : 0;
		spell_list(b, d, t, data ? heap_at(&b->s.world.heap, data) : p,
			data ? load_uint(t->target, p + w, w) : t->len, out);
		return;
	}
	if (t->kind < KIND_BASIC_COUNT && rig_below(d, 4) == 0) {
		text_printf(out, "%s(", t->name);
		value_format(&b->s.world.heap, t, p, out, 0);
		text_add(out, ")");
		return;
	}
	value_format(&b->s.world.heap, t, p, out, 0);
}

static void random_value(struct bench *b, struct rig_dice *d, const struct gotype *t, uint8_t *out)
{
	unsigned w = t->target->ptrsize;
	uint64_t len, addr;

	if (t->kind == KIND_STRUCT) {
		for (unsigned i = 0; i < t->nfields; i++)
			random_value(b, d, t->fields[i].type, out + t->fields[i].offset);
	} else if (t->kind == KIND_ARRAY) {
		for (uint64_t i = 0; i < t->len; i++)
			random_value(b, d, t->elem, out + i * t->elem->size);
	} else if (t->kind == KIND_SLICE) {
		len = rig_below(d, 4);
		addr = len ? heap_alloc_data(&b->s.world.heap, len * t->elem->size,
			t->elem->pointers, &b->err) : 0;
		for (uint64_t i = 0; i < len; i++)
			random_value(b, d, t->elem, heap_at(&b->s.world.heap, addr) +
				i * t->elem->size);
		store_uint(t->target, out, w, addr);
		store_uint(t->target, out + w, w, len);
		store_uint(t->target, out + 2 * w, w, len);
	} else if (gotype_is_int(t) && rig_below(d, 2)) {
		store_uint(t->target, out, (unsigned)t->size, rig_roll(d));
	} else {
		assert_true(value_generate(&b->home, t, (int64_t)rig_below(d, 2), out, &b->err));
	}
}

static void spelled_values_come_back(void **state)
{
	struct rig_dice d = { 77 };
	unsigned tried = 0;

	(void)state;
	for (unsigned round = 0; round < 1500; round++) {
		struct text type = { 0 };
		struct bench b;
		uint8_t *again;

		random_type(&d, 3, &type);
		bench_open(&b, text_str(&type), round % 3 ? "amd64" : "386");
		again = xcalloc(1, b.type->size + 1);
		for (unsigned i = 0; i < 8; i++) {
			struct text spelled = { 0 };
			char *want, *have;

			memset(b.value, 0, b.type->size);
			random_value(&b, &d, b.type, b.value);
			want = bench_write(&b, b.value);
			spell(&b, &d, b.type, b.value, &spelled);
			if (!bench_read(&b, text_str(&spelled), again))
				fail_msg("%s %s: %s", type.s, spelled.s, b.err.msg);
			have = bench_write(&b, again);
			if (strcmp(want, have) != 0)
				fail_msg("%s %s is read as %s, not %s", type.s, spelled.s, have,
					want);
			tried++;
			free(want);
			free(have);
			text_free(&spelled);
		}
		free(again);
		text_free(&type);
		bench_close(&b);
	}
	assert_true(tried > 10000);
}

/* What a message says to write is taken. */
static void examples_are_taken(void **state)
{
	struct rig_dice d = { 3 };

	(void)state;
	for (unsigned round = 0; round < 1000; round++) {
		struct text type = { 0 };
		struct bench b;
		const char *such;
		char *example;

		random_type(&d, 4, &type);
		bench_open(&b, text_str(&type), round % 3 ? "amd64" : "386");
		assert_false(bench_read(&b, "", b.value));
		such = strstr(b.err.msg, "such as ");
		if (!such)
			fail_msg("%s: %s", type.s, b.err.msg);
		such += strlen("such as ");
		/* Of several, the one behind the "or"; of a list all but its second form. */
		if (strstr(such, ", or as 0x"))
			*strstr(b.err.msg, ", or as 0x") = '\0';
		if (strncmp(such, "nil or an address such as ", 26) == 0)
			such += 26;
		else if (strstr(such, " or "))
			such = strstr(such, " or ") + 4;
		example = xstrdup(such);
		if (!bench_read(&b, example, b.value))
			fail_msg("%s: %s was to be written: %s", type.s, example, b.err.msg);
		free(example);
		text_free(&type);
		bench_close(&b);
	}
}

/* Values by number */

static const struct {
	const char *type;
	uint64_t variety; /* 0: more than anyone asks for */
	const char *zero, *seventh;
} numbered[] = {
	{ "int", 0, "0", "7" },
	{ "uint8", 256, "0", "7" },
	{ "int8", 256, "0", "7" },
	{ "uint16", 65536, "0", "7" },
	{ "int64", 0, "0", "7" },
	{ "bool", 2, "false", NULL },
	{ "string", 0, "\"key-0\"", "\"key-7\"" },
	{ "float32", 1 << 24, "0", "7" },
	{ "float64", 1ull << 53, "0", "7" },
	{ "complex64", 1 << 24, "(0+0i)", "(7+0i)" },
	{ "complex128", 1ull << 53, "(0+0i)", "(7+0i)" },
	{ "any", 0, "0", "7" },
	{ "error", 1, "nil", NULL },
	{ "struct{}", 1, "{}", NULL },
	{ "[0]int", 1, "{}", NULL },
	{ "*int", 0, "0x1000000", "0x1000070" },
	{ "[2]int", 0, "{0, 0}", "{7, 7}" },
	{ "[2]string", 0, "{\"key-0\", \"key-0\"}", "{\"key-7\", \"key-7\"}" },
	{ "[2]bool", 4, "{false, false}", NULL },
	{ "[3]bool", 8, "{false, false, false}", "{true, true, true}" },
	{ "[12]bool", 4096, NULL, NULL },
	{ "[2]int8", 16384, "{0, 0}", "{7, 0}" },
	{ "struct{ A int8; B bool }", 256, "{0, false}", "{7, false}" },
	{ "[2]uint8", 65536, "{0, 0}", "{7, 0}" },
	{ "struct{ A uint8; B bool; C uint8 }", 131072, "{0, false, 0}", "{7, false, 0}" },
	{ "struct{ A bool; S string }", 0, "{false, \"key-0\"}", "{true, \"key-7\"}" },
	{ "struct{ A int; _ int; B int }", 0, "{0, 0, 0}", "{7, 0, 7}" },
	{ "struct{ _ bool; B bool }", 2, "{false, false}", NULL },
	{ "struct{ _ string; A, B bool }", 4, "{\"\", false, false}", NULL },
	{ "[4]error", 1, "{nil, nil, nil, nil}", NULL },
};

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void generated_keys_are_distinct(void **state)
{
	enum { MOST = 20000 };

	(void)state;
	for (size_t i = 0; i < LENGTH(numbered); i++) {
		struct bench b;
		uint64_t variety, count;
		char **made;

		bench_open(&b, numbered[i].type, "amd64");
		b.home.scratch = true;
		variety = value_variety(b.type);
		if (numbered[i].variety ? variety != numbered[i].variety : variety < 1 << 30)
			fail_msg("%s has a variety of %llu", numbered[i].type,
				(unsigned long long)variety);
		/* Signed parts are made from 0 up, so of int8 one half only. */
		count = variety < MOST ? variety : MOST;
		if (strcmp(numbered[i].type, "int8") == 0)
			count = 128;
		made = xcalloc(count, sizeof *made);
		for (uint64_t k = 0; k < count; k++) {
			heap_scratch_reset(&b.s.world.heap);
			memset(b.value, 0, b.type->size);
			if (!value_generate(&b.home, b.type, (int64_t)k, b.value, &b.err))
				fail_msg("%s %llu: %s", numbered[i].type, (unsigned long long)k,
					b.err.msg);
			made[k] = bench_write(&b, b.value);
		}
		if (numbered[i].zero)
			assert_string_equal(made[0], numbered[i].zero);
		if (numbered[i].seventh)
			assert_string_equal(made[7], numbered[i].seventh);
		qsort(made, count, sizeof *made, by_text);
		for (uint64_t k = 1; k < count; k++)
			if (strcmp(made[k], made[k - 1]) == 0)
				fail_msg("%s: %s twice", numbered[i].type, made[k]);
		for (uint64_t k = 0; k < count; k++)
			free(made[k]);
		free(made);
		bench_close(&b);
	}
}

#define POINTS_TO_MUCH ": a value of type [1000000]string is too large: its 16000000 bytes point " \
	"to more than the 4194304 that hmapview takes"

static void numbers_that_make_no_key(void **state)
{
	static const struct {
		const char *type, *line, *says;
	} rows[] = {
		{ "map[uint8]int", "insert 0..256", "insert: key 256 does not fit uint8" },
		{ "map[uint8]int", "insert -1..3", "insert: key -1 does not fit uint8" },
		{ "map[int8]int", "fill 129", "fill: key 128 does not fit int8" },
		{ "map[bool]int", "fill 3", "fill: key 2 does not fit bool: it has 2 values" },
		{ "map[bool]int", "insert -1..0", "insert: key -1 does not fit bool" },
		{ "map[struct{}]int", "fill 2",
			"fill: key 1 does not fit struct {}: it has 1 value" },
		{ "map[error]int", "fill 2", "fill: key 1 does not fit error: it has 1 value" },
		{ "map[[2]bool]int", "fill 5",
			"fill: key 4 does not fit [2]bool: it has 4 values" },
		{ "map[float32]int", "fill 16777217",
			"fill: key 16777216 does not fit float32: it has 16777216 values" },
		{ "map[[1000000]string]int", "fill 2", "fill" POINTS_TO_MUCH },
		{ "map[[1000000]string]int", "lookup 0..1", "lookup" POINTS_TO_MUCH },
		{ "map[[1000000]any]int", "insert 0..1", "insert: a value of type [1000000]interface "
			"{} is too large: its 16000000 bytes point to more than the 4194304 that "
			"hmapview takes" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;

		rig_open(&s, rows[i].type, NULL, true);
		rig_fails(&s, rows[i].line, rows[i].says);
		session_close(&s);
	}
}

/* What looks for keys of its own says what is wrong with them, not that there are none. */
static void fresh_keys_that_are_too_large(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[[1000000]string]int", NULL, true);
	rig_run(&s, "make");
	rig_fails(&s, "grow", "grow" POINTS_TO_MUCH);
	rig_fails(&s, "grow same", "grow" POINTS_TO_MUCH);
	rig_fails(&s, "collide 0", "collide" POINTS_TO_MUCH);
	session_close(&s);
	rig_open(&s, "map[int8]int", NULL, true);
	rig_run(&s, "fill 128");
	rig_fails(&s, "collide 0 1", "collide: no more keys of type int8 were found for that bucket");
	session_close(&s);
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
		cmocka_unit_test(pointers_lead_to_what_they_say),
		cmocka_unit_test(spelled_values_come_back),
		cmocka_unit_test(examples_are_taken),
		cmocka_unit_test(generated_keys_are_distinct),
		cmocka_unit_test(numbers_that_make_no_key),
		cmocka_unit_test(fresh_keys_that_are_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
