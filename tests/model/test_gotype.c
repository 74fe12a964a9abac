/* SPDX-License-Identifier: MIT */
/*
 * Go types. Sizes and alignments are those of go/types.SizesFor("gc", arch); on amd64 and 386
 * the reflection of Go 1.19 gave the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/map/classic/reading.h"
#include "model/map/maptype.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static const struct target *target(const char *name)
{
	struct error err;
	const struct target *t = target_find(name, &err);

	if (!t)
		fail_msg("%s", err.msg);
	return t;
}

/* As the type is read without any declarations. */
static struct gotype *parse_for(const char *text, const struct target *t, struct error *err)
{
	return gotype_parse(text, &(struct gotype_scope){ .target = t }, err);
}

static struct gotype *parse(const char *text, const char *arch)
{
	struct error err;
	struct gotype *t = parse_for(text, target(arch), &err);

	if (!t)
		fail_msg("%s on %s: %s", text, arch, err.msg);
	return t;
}

static const char *const arches[] = { "amd64", "386", "arm", "arm64", "s390x" };

static const struct {
	const char *type;
	struct {
		unsigned size, align;
	} want[LENGTH(arches)];
} sizes[] = {
	{ "bool", { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 } } },
	{ "int", { { 8, 8 }, { 4, 4 }, { 4, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "int8", { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 } } },
	{ "int16", { { 2, 2 }, { 2, 2 }, { 2, 2 }, { 2, 2 }, { 2, 2 } } },
	{ "int32", { { 4, 4 }, { 4, 4 }, { 4, 4 }, { 4, 4 }, { 4, 4 } } },
	{ "int64", { { 8, 8 }, { 8, 4 }, { 8, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "uint", { { 8, 8 }, { 4, 4 }, { 4, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "uint64", { { 8, 8 }, { 8, 4 }, { 8, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "uintptr", { { 8, 8 }, { 4, 4 }, { 4, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "float32", { { 4, 4 }, { 4, 4 }, { 4, 4 }, { 4, 4 }, { 4, 4 } } },
	{ "float64", { { 8, 8 }, { 8, 4 }, { 8, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "complex64", { { 8, 4 }, { 8, 4 }, { 8, 4 }, { 8, 4 }, { 8, 4 } } },
	{ "complex128", { { 16, 8 }, { 16, 4 }, { 16, 4 }, { 16, 8 }, { 16, 8 } } },
	{ "string", { { 16, 8 }, { 8, 4 }, { 8, 4 }, { 16, 8 }, { 16, 8 } } },
	{ "unsafe.Pointer", { { 8, 8 }, { 4, 4 }, { 4, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "*int8", { { 8, 8 }, { 4, 4 }, { 4, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "chan int8", { { 8, 8 }, { 4, 4 }, { 4, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "<-chan int8", { { 8, 8 }, { 4, 4 }, { 4, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "chan<- *string", { { 8, 8 }, { 4, 4 }, { 4, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "func(int, string) bool", { { 8, 8 }, { 4, 4 }, { 4, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "map[int]string", { { 8, 8 }, { 4, 4 }, { 4, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "[]string", { { 24, 8 }, { 12, 4 }, { 12, 4 }, { 24, 8 }, { 24, 8 } } },
	{ "any", { { 16, 8 }, { 8, 4 }, { 8, 4 }, { 16, 8 }, { 16, 8 } } },
	{ "interface{}", { { 16, 8 }, { 8, 4 }, { 8, 4 }, { 16, 8 }, { 16, 8 } } },
	{ "error", { { 16, 8 }, { 8, 4 }, { 8, 4 }, { 16, 8 }, { 16, 8 } } },
	{ "[0]int", { { 0, 8 }, { 0, 4 }, { 0, 4 }, { 0, 8 }, { 0, 8 } } },
	{ "[3]int16", { { 6, 2 }, { 6, 2 }, { 6, 2 }, { 6, 2 }, { 6, 2 } } },
	{ "[2][3]int8", { { 6, 1 }, { 6, 1 }, { 6, 1 }, { 6, 1 }, { 6, 1 } } },
	{ "[4]struct{}", { { 0, 1 }, { 0, 1 }, { 0, 1 }, { 0, 1 }, { 0, 1 } } },
	{ "struct{}", { { 0, 1 }, { 0, 1 }, { 0, 1 }, { 0, 1 }, { 0, 1 } } },
	{ "struct{ A int8; B int64 }",
		{ { 16, 8 }, { 12, 4 }, { 12, 4 }, { 16, 8 }, { 16, 8 } } },
	{ "struct{ A int64; B int8 }",
		{ { 16, 8 }, { 12, 4 }, { 12, 4 }, { 16, 8 }, { 16, 8 } } },
	{ "struct{ A int8; B int16; C int8 }",
		{ { 6, 2 }, { 6, 2 }, { 6, 2 }, { 6, 2 }, { 6, 2 } } },
	{ "struct{ A int8; B float64; C int8 }",
		{ { 24, 8 }, { 16, 4 }, { 16, 4 }, { 24, 8 }, { 24, 8 } } },
	{ "struct{ A int32; B struct{} }", { { 8, 4 }, { 8, 4 }, { 8, 4 }, { 8, 4 }, { 8, 4 } } },
	{ "struct{ A struct{}; B int32 }", { { 4, 4 }, { 4, 4 }, { 4, 4 }, { 4, 4 }, { 4, 4 } } },
	{ "struct{ A struct{}; B struct{} }",
		{ { 0, 1 }, { 0, 1 }, { 0, 1 }, { 0, 1 }, { 0, 1 } } },
	{ "struct{ A int64; B [0]int8 }",
		{ { 16, 8 }, { 12, 4 }, { 12, 4 }, { 16, 8 }, { 16, 8 } } },
	{ "struct{ A int8; B [0]int64 }",
		{ { 16, 8 }, { 8, 4 }, { 8, 4 }, { 16, 8 }, { 16, 8 } } },
	{ "struct{ A [0]int64; B int8 }", { { 8, 8 }, { 4, 4 }, { 4, 4 }, { 8, 8 }, { 8, 8 } } },
	{ "struct{ A, B int8; C string }",
		{ { 24, 8 }, { 12, 4 }, { 12, 4 }, { 24, 8 }, { 24, 8 } } },
	{ "struct{ A int8; B struct{ C int8; D int64 }; E int8 }",
		{ { 32, 8 }, { 20, 4 }, { 20, 4 }, { 32, 8 }, { 32, 8 } } },
	{ "struct{ _ int8; A int32; _ int16 }",
		{ { 12, 4 }, { 12, 4 }, { 12, 4 }, { 12, 4 }, { 12, 4 } } },
	{ "struct{ A bool; B complex128 }",
		{ { 24, 8 }, { 20, 4 }, { 20, 4 }, { 24, 8 }, { 24, 8 } } },
	{ "struct{ A bool; B complex64 }",
		{ { 12, 4 }, { 12, 4 }, { 12, 4 }, { 12, 4 }, { 12, 4 } } },
	{ "[3]struct{ A int16; B int8 }",
		{ { 12, 2 }, { 12, 2 }, { 12, 2 }, { 12, 2 }, { 12, 2 } } },
	{ "struct{ A byte; B any; C byte }",
		{ { 32, 8 }, { 16, 4 }, { 16, 4 }, { 32, 8 }, { 32, 8 } } },
	{ "struct{ A rune; B []byte }",
		{ { 32, 8 }, { 16, 4 }, { 16, 4 }, { 32, 8 }, { 32, 8 } } },
	{ "struct{ A int32; B *int }", { { 16, 8 }, { 8, 4 }, { 8, 4 }, { 16, 8 }, { 16, 8 } } },
	{ "struct{ int8; string }", { { 24, 8 }, { 12, 4 }, { 12, 4 }, { 24, 8 }, { 24, 8 } } },
	{ "struct{ A uint8; B [3]uint8; C uint16 }",
		{ { 6, 2 }, { 6, 2 }, { 6, 2 }, { 6, 2 }, { 6, 2 } } },
};

static void sizes_are_those_of_the_compiler(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(sizes); i++) {
		for (size_t k = 0; k < LENGTH(arches); k++) {
			struct gotype *t = parse(sizes[i].type, arches[k]);

			if (t->size != sizes[i].want[k].size || t->align != sizes[i].want[k].align)
				fail_msg("%s on %s: %llu bytes aligned to %u, not %u to %u",
					sizes[i].type, arches[k], (unsigned long long)t->size,
					t->align, sizes[i].want[k].size, sizes[i].want[k].align);
			gotype_free(t);
		}
	}
}

/* What each byte is: d data, p pointer, . padding. */
static const struct {
	const char *type, *amd64, *i386;
} bytes[] = {
	{ "bool", "d", "d" },
	{ "int64", "dddddddd", "dddddddd" },
	{ "string", "ppppppppdddddddd", "ppppdddd" },
	{ "[]int", "ppppppppdddddddddddddddd", "ppppdddddddd" },
	{ "any", "pppppppppppppppp", "pppppppp" },
	{ "error", "pppppppppppppppp", "pppppppp" },
	{ "*int", "pppppppp", "pppp" },
	{ "map[int]int", "pppppppp", "pppp" },
	{ "func()", "pppppppp", "pppp" },
	{ "uintptr", "dddddddd", "dddd" },
	{ "struct{}", "", "" },
	{ "[0]string", "", "" },
	{ "struct{ A int8; B int64 }", "d.......dddddddd", "d...dddddddd" },
	{ "struct{ A int64; B int8 }", "ddddddddd.......", "ddddddddd..." },
	{ "struct{ A int8; B int16; C int8 }", "d.ddd.", "d.ddd." },
	{ "struct{ A int32; B struct{} }", "dddd....", "dddd...." },
	{ "struct{ A int8; B *int8 }", "d.......pppppppp", "d...pppp" },
	{ "struct{ A int8; B struct{ C int8; D int32 } }", "d...d...dddd", "d...d...dddd" },
	{ "[2]struct{ A int16; B int8 }", "ddd.ddd.", "ddd.ddd." },
	{ "[2]string", "ppppppppddddddddppppppppdddddddd", "ppppddddppppdddd" },
};

static void bytes_are_known(void **state)
{
	static const char signs[] = {
		[BYTE_DATA] = 'd', [BYTE_POINTER] = 'p', [BYTE_PADDING] = '.'
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(bytes); i++) {
		for (unsigned k = 0; k < 2; k++) {
			struct gotype *t = parse(bytes[i].type, arches[k]);
			const char *want = k ? bytes[i].i386 : bytes[i].amd64;
			char got[64] = "";
			uint8_t what[64];
			uint64_t padding = 0;

			assert_true(t->size < sizeof what);
			gotype_bytes(t, what);
			for (uint64_t b = 0; b < t->size; b++) {
				got[b] = signs[what[b]];
				padding += got[b] == '.';
			}
			if (strcmp(got, want) != 0)
				fail_msg("%s on %s: %s, not %s", bytes[i].type, arches[k], got,
					want);
			assert_int_equal(t->padding, padding);
			assert_int_equal(t->pointers, strchr(want, 'p') != NULL);
			gotype_free(t);
		}
	}
}

static void offsets_of_fields(void **state)
{
	static const struct {
		const char *type, *arch;
		uint64_t offsets[4];
	} rows[] = {
		{ "struct{ A int8; B int64; C int8; D int16 }", "amd64", { 0, 8, 16, 18 } },
		{ "struct{ A int8; B int64; C int8; D int16 }", "386", { 0, 4, 12, 14 } },
		{ "struct{ A bool; B complex128; C string; D byte }", "amd64", { 0, 8, 24, 40 } },
		{ "struct{ A bool; B complex128; C string; D byte }", "arm", { 0, 4, 20, 28 } },
		{ "struct{ A, B int8; _ int32; C struct{} }", "s390x", { 0, 1, 4, 8 } },
		{ "struct{ A [0]int64; B int8; C [3]int8; D float32 }", "arm64", { 0, 0, 1, 4 } },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct gotype *t = parse(rows[i].type, rows[i].arch);

		assert_int_equal(t->nfields, 4);
		for (unsigned f = 0; f < 4; f++)
			if (t->fields[f].offset != rows[i].offsets[f])
				fail_msg("%s on %s: %s is at %llu, not %llu", rows[i].type,
					rows[i].arch, t->fields[f].name,
					(unsigned long long)t->fields[f].offset,
					(unsigned long long)rows[i].offsets[f]);
		gotype_free(t);
	}
}

static void names_are_in_gos_spelling(void **state)
{
	static const char *const rows[][2] = {
		{ "struct{any; A int; rune}", "struct { interface {}; A int; int32 }" },
		{ "byte", "uint8" },
		{ "rune", "int32" },
		{ "any", "interface {}" },
		{ "interface{}", "interface {}" },
		{ "map[ string ] [] byte", "map[string][]uint8" },
		{ "struct{A,B int;C string}", "struct { A int; B int; C string }" },
		{ "struct{}", "struct {}" },
		{ "struct { A int; }", "struct { A int }" },
		{ "struct{ int8; string }", "struct { int8; string }" },
		{ "struct{ byte }", "struct { uint8 }" },
		{ "struct{ _ int; _ int8 }", "struct { _ int; _ int8 }" },
		{ "[0x10]byte", "[16]uint8" },
		{ "[010]byte", "[8]uint8" },
		{ "* * int", "**int" },
		{ "((int))", "int" },
		{ "[2](*[3]int)", "[2]*[3]int" },
		{ "chan  int", "chan int" },
		{ "<-chan int", "<-chan int" },
		{ "chan<- int", "chan<- int" },
		{ "chan (<-chan int)", "chan (<-chan int)" },
		{ "chan<- (<-chan int)", "chan<- <-chan int" },
		{ "func( int,string )", "func(int, string)" },
		{ "func(int) (error)", "func(int) error" },
		{ "func() (int, error)", "func() (int, error)" },
		{ "map[struct{ A any }]error", "map[struct { A interface {} }]error" },
		{ "unsafe.Pointer", "unsafe.Pointer" },
		{ "*gopkg.in/yaml.v2.v3.Node", "*yaml.Node" },
		{ "*example.com/set/v2.Set", "*set.Set" },
		{ "*example.com/2fa.1.Key", "*example.com/2fa.1.Key" },
		{ "struct{ int32; rune; *byte }", "struct { int32; rune; *uint8 }" },
		{ "struct{ *byte; uint8 string }", "struct { *byte; uint8 string }" },
		{ "*example.com/go-set.Set", "*example.com/go-set.Set" },
		{ "struct{ r-3/2.T; A int }", "struct { r-3/2.T; A int }" },
		{ "struct{ a/1.b.1.T }", "struct { a/1.b.1.T }" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct gotype *t = parse(rows[i][0], "amd64"), *again = parse(t->name, "amd64");

		if (strcmp(t->name, rows[i][1]) != 0)
			fail_msg("%s is called %s, not %s", rows[i][0], t->name, rows[i][1]);
		assert_string_equal(again->name, t->name);
		gotype_free(t);
		gotype_free(again);
	}
}

static void comparing_and_hashing(void **state)
{
	static const struct {
		const char *type;
		enum gotype_alg alg;
		bool reflexive, key_update;
	} rows[] = {
		{ "int", ALG_MEM, true, false },
		{ "*int", ALG_MEM, true, false },
		{ "chan int", ALG_MEM, true, false },
		{ "string", ALG_STRING, true, true },
		{ "float32", ALG_FLOAT32, false, true },
		{ "float64", ALG_FLOAT64, false, true },
		{ "complex64", ALG_COMPLEX64, false, true },
		{ "complex128", ALG_COMPLEX128, false, true },
		{ "any", ALG_NILINTER, false, true },
		{ "error", ALG_INTER, false, true },
		{ "[]int", ALG_NONE, true, false },
		{ "func()", ALG_NONE, true, false },
		{ "map[int]int", ALG_NONE, true, false },
		{ "[0]string", ALG_MEM, true, true },
		{ "[1]string", ALG_STRING, true, true },
		{ "[2]string", ALG_SPECIAL, true, true },
		{ "[2]int", ALG_MEM, true, false },
		{ "[0][]int", ALG_NONE, true, false },
		{ "struct{}", ALG_MEM, true, false },
		{ "struct{ A string }", ALG_STRING, true, true },
		{ "struct{ _ string }", ALG_SPECIAL, true, true },
		{ "struct{ A, B int32 }", ALG_MEM, true, false },
		{ "struct{ A int8; B int32 }", ALG_SPECIAL, true, false },
		{ "struct{ A int32; B int8 }", ALG_SPECIAL, true, false },
		{ "struct{ A int32; _ int32 }", ALG_SPECIAL, true, false },
		{ "struct{ A int; B float64 }", ALG_SPECIAL, false, true },
		{ "struct{ A int; B []int }", ALG_NONE, true, false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct gotype *t = parse(rows[i].type, "amd64");

		if (t->alg != rows[i].alg || t->reflexive != rows[i].reflexive ||
			t->key_update != rows[i].key_update)
			fail_msg("%s: alg %d, reflexive %d, key_update %d", rows[i].type,
				(int)t->alg, t->reflexive, t->key_update);
		gotype_free(t);
	}
}

static const char *const refusals[][2] = {
	{ "map[[]int]string", "invalid map key type []int" },
	{ "map[map[int]int]int", "invalid map key type map[int]int" },
	{ "map[func(int) string]int", "invalid map key type func(int) string" },
	{ "map[[2][]byte]int", "invalid map key type [2][]uint8" },
	{ "map[struct{ A []int }]int", "invalid map key type struct { A []int }" },
	{ "map[struct{ _ []int }]int", "invalid map key type struct { _ []int }" },
	{ "map[int]map[[]int]int", "invalid map key type []int" },
	{ "[1125899906842625]int8", "type \"[1125899906842625]int8\": array length "
				    "1125899906842625 is too large" },
	{ "[99999999999999999999999]int8", "type \"[99999999999999999999999]int8\": array length "
					   "99999999999999999999999 is too large" },
	{ "[9][1125899906842624]int8", "type [9][1125899906842624]int8 larger than address space" },
	{ "struct{ A, B [1125899906842624]int8 }",
		"type struct { A [1125899906842624]int8; B [1125899906842624]int8 } larger than "
		"address space" },
	{ "foo", "undefined: foo" },
	{ "Int", "undefined: Int" },
	{ "[4]foo", "undefined: foo, a part of [4]foo" },
	{ "struct{ A [2]foo }", "undefined: foo, a part of struct { A [2]foo }" },
	{ "unsafe.Foo", "undefined: unsafe.Foo" },
	{ "unsafe.Pointers", "undefined: unsafe.Pointers" },
	{ "struct{ A int; A string }", "A redeclared in struct" },
	{ "struct{ A, B, A int }", "A redeclared in struct" },
	{ "", "type \"\": a type expected at its end" },
	{ "  ", "type \"  \": a type expected at its end" },
	{ "map", "type \"map\": \"[\" expected at its end" },
	{ "map[", "type \"map[\": a type expected at its end" },
	{ "map[int", "type \"map[int\": \"]\" expected at its end" },
	{ "map[int]", "type \"map[int]\": a type expected at its end" },
	{ "map{int}", "type \"map{int}\": \"[\" expected at \"{int}\"" },
	{ "[", "type \"[\": an array length expected at its end" },
	{ "[x]int", "undefined: [x]int" },
	{ "[-1]int", "invalid array length -1" },
	{ "[3", "type \"[3\": \"]\" expected at its end" },
	{ "*", "type \"*\": a type expected at its end" },
	{ "(int", "type \"(int\": \")\" expected at its end" },
	{ "int int", "type \"int int\": the end expected at \"int\"" },
	{ "map[int]string, x", "type \"map[int]string, x\": the end expected at \", x\"" },
	{ "struct", "type \"struct\": \"{\" expected at its end" },
	{ "struct{", "type \"struct{\": a field name expected at its end" },
	{ "struct{;}", "type \"struct{;}\": a field name expected at \";}\"" },
	{ "struct{ 1 int }", "type \"struct{ 1 int }\": a field name expected at \"1 int }\"" },
	{ "struct{ A, }", "type \"struct{ A, }\": a field name expected at \"}\"" },
	{ "struct{ A int B int }", "type \"struct{ A int B int }\": \";\" or \"}\" expected at "
				   "\"B int }\"" },
	{ "struct{ A int \"x }", "type \"struct{ A int \"x }\": the end of a tag expected at "
				 "\"\"x }\"" },
	{ "<-int", "type \"<-int\": \"chan\" expected at \"int\"" },
	{ "<-chan", "type \"<-chan\": a type expected at its end" },
	{ "func", "type \"func\": the parameter types of a func expected at its end" },
	{ "func(a int, string)", "mixed named and unnamed parameters" },
	{ "func(...int, string)", "can only use ... with final parameter in list" },
	{ "interface{ int }", "cannot use type interface { int } outside a type constraint" },
	{ "chan [65536]byte", "channel element type too large (>64kB)" },
	{ "struct{ *error }", "embedded field type cannot be a pointer to an interface" },
	{ "struct{ unsafe.Pointer }", "embedded field type cannot be unsafe.Pointer" },
	{ "struct{ (int) }", "cannot parenthesize embedded type" },
};

static void what_is_no_type_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(refusals); i++) {
		struct error err = { "" };

		struct gotype *t = parse_for(refusals[i][0], target("amd64"), &err);

		if (t && gotype_known(t, &err))
			fail_msg("%s is taken for a type", refusals[i][0]);
		gotype_free(t);
		if (strcmp(err.msg, refusals[i][1]) != 0)
			fail_msg("%s\n  says %s\n  not  %s", refusals[i][0], err.msg,
				refusals[i][1]);
	}
}

/* As the compilers do that were tried: 1.18 to 1.27, for 386, arm, mipsle and amd64. */
static void maps_that_no_compiler_makes_are_refused(void **state)
{
	static const struct {
		const char *type, *release, *arch;
		bool made;
	} rows[] = {
		{ "map[bool]atomic.Int64", "1.19", "386", false },
		{ "map[atomic.Uint64]bool", "1.20", "386", false },
		{ "map[atomic.Uint64]bool", "1.23", "arm", false },
		{ "map[bool]atomic.Int64", "1.22", "mipsle", false },
		{ "map[bool]atomic.Int64", "1.24-X:noswissmap", "386", false },
		{ "map[bool]atomic.Int64", "1.25-X:noswissmap", "mips", false },
		{ "map[bool]atomic.Int64", "1.23", "amd64", true },
		{ "map[bool]atomic.Int64", "1.24", "386", true },
		{ "map[bool]atomic.Int32", "1.23", "386", true },
		{ "map[bool]int64", "1.23", "386", true },
		{ "map[bool][0]atomic.Int64", "1.23", "386", false },
		{ "map[bool][16]atomic.Int64", "1.23", "386", false },
		{ "map[bool][17]atomic.Int64", "1.23", "386", true },
		{ "map[struct{ a atomic.Int64; b [200]byte }]int", "1.20", "386", true },
		{ "map[bool]*atomic.Int64", "1.21", "386", true },
		{ "map[bool]map[int]atomic.Int64", "1.21", "386", false },
		{ "map[bool]*[]map[int]atomic.Int64", "1.21", "386", false },
		{ "map[bool]func(map[int]atomic.Int64)", "1.21", "386", false },
		{ "map[bool]interface{ M(map[int]atomic.Int64) }", "1.21", "386", false },
		{ "map[string]sync.WaitGroup", "1.18", "386", true },
		{ "map[string]sync.WaitGroup", "1.19", "386", true },
		{ "map[string]sync.WaitGroup", "1.20", "386", false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct error err = { "" };
		struct gotype *t = gotype_parse(rows[i].type, &(struct gotype_scope){
			.target = target(rows[i].arch),
			.release = release_find(rows[i].release, &err) }, &err);

		if (!t != !rows[i].made || (!t && !strstr(err.msg, "internal compiler error")))
			fail_msg("%s, Go %s, %s: %s", rows[i].type, rows[i].release, rows[i].arch,
				t ? "taken" : err.msg);
		gotype_free(t);
	}
}

static void map_types_alone_make_maps(void **state)
{
	static const struct {
		const char *type, *arch, *says;
	} rows[] = {
		{ "int", "amd64", "type int is no map: it is written as map[KEY]ELEM" },
		{ "*map[int]int", "amd64", "type *map[int]int is no map: it is written as "
					   "map[KEY]ELEM" },
		{ "map[[16777217]byte]int", "amd64", "type [16777217]uint8 is too large for a key: "
						     "16777217 bytes, hmapview takes 16777216" },
		{ "map[int][2147483647]byte", "386", "type [2147483647]uint8 is too large for an "
						     "elem: 2147483647 bytes, hmapview takes "
						     "16777216" },
		{ "map[int][2147483649]byte", "386", "type \"map[int][2147483649]byte\": array "
						     "length 2147483649 is too large" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct error err = { "" };

		if (maptype_new(rows[i].type,
			    &(struct gotype_scope){
				    .target = target(rows[i].arch), .release = release_at(0) },
			    &err))
			fail_msg("%s is taken for a map", rows[i].type);
		if (strcmp(err.msg, rows[i].says) != 0)
			fail_msg("%s\n  says %s\n  not  %s", rows[i].type, err.msg, rows[i].says);
	}
}

/* before, `n` times; the middle; after, `n` times. */
static char *nested(const char *before, const char *middle, const char *after, unsigned n)
{
	struct text out = { 0 };

	for (unsigned i = 0; i < n; i++)
		text_add(&out, before);
	text_add(&out, middle);
	for (unsigned i = 0; i < n; i++)
		text_add(&out, after);
	return out.s;
}

static void deep_and_long_types_end(void **state)
{
	static const struct {
		const char *before, *middle, *after;
		unsigned n;
		const char *says; /* NULL: it is a type */
	} rows[] = {
		{ "*", "int", "", 63, NULL },
		{ "*", "int", "", 64, "type is nested more than 64 deep" },
		{ "[]", "int", "", 100000, "type is nested more than 64 deep" },
		{ "(", "int", ")", 63, NULL },
		{ "(", "int", ")", 100000, "type is nested more than 64 deep" },
		{ "map[int]", "int", "", 1000, "type is nested more than 64 deep" },
		{ "struct{ A ", "int", "}", 60, NULL },
		{ "struct{ A, B ", "int", "}", 60, "type is too long" },
		{ "func(", "int", ")", 100000, "type is nested more than 64 deep" },
		{ "[2]", "int", "", 60, "larger than address space" },
		{ "[0]", "int", "", 60, NULL },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char *text = nested(rows[i].before, rows[i].middle, rows[i].after, rows[i].n);
		struct error err = { "" };
		struct gotype *t = parse_for(text, target("amd64"), &err);

		if ((t != NULL) != (rows[i].says == NULL) ||
			(rows[i].says && !strstr(err.msg, rows[i].says)))
			fail_msg("row %zu, %s: %s", i, rows[i].before, err.msg);
		gotype_free(t);
		free(text);
	}
}

static void too_many_fields(void **state)
{
	struct text text = { 0 };
	struct error err = { "" };

	(void)state;
	text_add(&text, "struct{ A0");
	for (unsigned i = 1; i <= 4096; i++)
		text_printf(&text, ", A%u", i);
	text_add(&text, " int }");
	assert_null(parse_for(text_str(&text), target("amd64"), &err));
	assert_string_equal(err.msg, "a struct has more than 4096 fields");
	text_free(&text);
}

/* A piece of a type ends in an error or is a type, and every byte put in may be any. */
static void pieces_of_types_do_no_harm(void **state)
{
	static const char *const types[] = {
		"map[struct{ A, B int8; C struct{ D [3]string }; _ int `tag` }][]chan<- *error",
		"map[[2]any]func(int, string) (map[int]*error, bool)",
		"map[ [0x10] (*unsafe.Pointer) ] interface{}",
		"struct { int8; X <-chan (chan (<-chan complex128)); }",
	};
	struct rig_dice d = { 3 };

	(void)state;
	for (size_t i = 0; i < LENGTH(types); i++) {
		size_t len = strlen(types[i]);

		gotype_free(parse(types[i], "386"));
		for (size_t n = 0; n < len; n++) {
			char *piece = xstrndup(types[i], n);
			struct error err = { "" };
			struct gotype *t = parse_for(piece, target("386"), &err);

			assert_true(t || err.msg[0]);
			gotype_free(t);
			free(piece);
		}
		for (unsigned round = 0; round < 20000; round++) {
			char *changed = xstrdup(types[i]);
			struct error err = { "" };
			struct gotype *t;

			for (unsigned k = 0; k < 1 + round % 3; k++)
				changed[rig_below(&d, len)] = (char)(1 + rig_below(&d, 255));
			t = parse_for(changed, target("386"), &err);
			assert_true(t || err.msg[0]);
			for (const char *p = err.msg; *p; p++)
				assert_true((unsigned char)*p >= ' ' && *p != 0x7f);
			gotype_free(t);
			free(changed);
		}
	}
}

static void basic_types_are_shared(void **state)
{
	(void)state;
	for (unsigned i = 0; target_at(i); i++) {
		for (int k = 0; k < KIND_BASIC_COUNT; k++) {
			const struct gotype *t = gotype_basic((enum gotype_kind)k, target_at(i));
			struct gotype *same = parse(t->name, target_at(i)->name);

			assert_int_equal(t->size, same->size);
			assert_int_equal(t->align, same->align);
			assert_int_equal(t->alg, same->alg);
			assert_ptr_equal(t, gotype_basic((enum gotype_kind)k, target_at(i)));
			gotype_free(same);
		}
	}
}

/* The bucket's layout: map[int]string is the article's own example. */
static void buckets_are_laid_out(void **state)
{
	static const struct {
		const char *type, *arch;
		unsigned keys, elems, overflow, size, pair;
		bool indirect_key, indirect_elem, pointers;
	} rows[] = {
		{ "map[int]string", "amd64", 8, 72, 200, 208, 208, false, false, true },
		{ "map[int]string", "386", 8, 40, 104, 108, 108, false, false, true },
		{ "map[int64]int8", "amd64", 8, 72, 80, 88, 144, false, false, false },
		{ "map[int8]int64", "amd64", 8, 16, 80, 88, 144, false, false, false },
		{ "map[uint8]struct{}", "amd64", 8, 16, 16, 24, 24, false, false, false },
		{ "map[struct{}]struct{}", "386", 8, 8, 8, 12, 12, false, false, false },
		{ "map[[128]byte]int32", "386", 8, 1032, 1064, 1068, 1068, false, false, false },
		{ "map[[129]byte]int32", "386", 8, 40, 72, 76, 76, true, false, true },
		{ "map[int][129]byte", "amd64", 8, 72, 136, 144, 144, false, true, true },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct error err;
		struct maptype *t = maptype_new(rows[i].type,
			&(struct gotype_scope){
				.target = target(rows[i].arch), .release = release_at(0) },
			&err);

		assert_non_null(t);
		if (t->unit.keys != rows[i].keys || t->unit.elems != rows[i].elems ||
			t->unit.link != rows[i].overflow || t->unit.size != rows[i].size ||
			maptype_pair_bytes(t) != rows[i].pair)
			fail_msg("%s on %s: keys %u, elems %u, overflow %u, size %u, as pairs %llu",
				rows[i].type, rows[i].arch, t->unit.keys, t->unit.elems,
				t->unit.link, t->unit.size,
				(unsigned long long)maptype_pair_bytes(t));
		if (t->indirect_key != rows[i].indirect_key || t->pointers != rows[i].pointers ||
			t->indirect_elem != rows[i].indirect_elem)
			fail_msg("%s on %s: indirect %d %d, pointers %d", rows[i].type,
				rows[i].arch, t->indirect_key, t->indirect_elem, t->pointers);
		maptype_free(t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_are_those_of_the_compiler),
		cmocka_unit_test(bytes_are_known),
		cmocka_unit_test(offsets_of_fields),
		cmocka_unit_test(names_are_in_gos_spelling),
		cmocka_unit_test(comparing_and_hashing),
		cmocka_unit_test(what_is_no_type_is_refused),
		cmocka_unit_test(maps_that_no_compiler_makes_are_refused),
		cmocka_unit_test(map_types_alone_make_maps),
		cmocka_unit_test(deep_and_long_types_end),
		cmocka_unit_test(too_many_fields),
		cmocka_unit_test(pieces_of_types_do_no_harm),
		cmocka_unit_test(basic_types_are_shared),
		cmocka_unit_test(buckets_are_laid_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
