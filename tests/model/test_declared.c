/* SPDX-License-Identifier: MIT */
/* Types with names: declarations, Go files, the commands; names as Go prints them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/go/known.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static const struct target *target(const char *name)
{
	struct error err;

	return target_find(name, &err);
}

static struct declared declare(const char *file)
{
	struct declared all = { 0 };
	struct error err;
	FILE *in = fmemopen((void *)(uintptr_t)file, strlen(file), "r");

	if (!declared_read(&all, in, "a.go", &err))
		fail_msg("%s", err.msg);
	fclose(in);
	return all;
}

static const char store[] =
	"//go:build linux\n\n"
	"// Package store keeps sessions: func (s *Session) {\n"
	"package store\n\n"
	"import (\n\t\"time\"\n\tpb \"example.com/x/api/v2\"\n)\n\n"
	"const (\n\tHashLength = 1 << (iota + 5) // 32\n\tsixtyFour\n\tAddrLen, Two = 20, 2\n)\n\n"
	"type (\n\tHash [HashLength]byte\n\tLong [sixtyFour]byte\n\tAddress [AddrLen]byte\n)\n"
	"var x = map[string]struct{ a int }{\n\t\"}\": {1}, `{`: {'{'},\n}\n"
	"func (s *Session) Close() error { if true { return nil }; return nil }\n"
	"type Session struct {\n\tID ID\n\tName string `json:\"name\"` // what {\n"
	"\tStarted time.Time\n\tnext *Session\n\tpeer *pb.Node\n\t*Base\n\tPair[ID, string]\n}\n"
	"type Base struct{ ok bool; f func(a, b int) (err error) }\n"
	"type Pair[K comparable, V any] struct {\n\tKey K /* the\nkey */\tVal V\n}\n"
	"type ID uint64; type Name = string\n"
	"type Set[T comparable] map[T]struct{}\n"
	"type Tree[T any] struct { left, right *Tree[T]; vals [Two]T }\n"
	"type Num interface { ~int | ~float64 }\n"
	"type A B; type B struct { a *A; next Stringer }\n"
	"type Stringer interface{ String() string }";

static void types_of_a_file(void **state)
{
	static const struct {
		const char *type, *name;
		unsigned amd64, i386;
	} rows[] = {
		{ "Hash", "store.Hash", 32, 32 },
		{ "Long", "store.Long", 64, 64 },
		{ "store.Address", "store.Address", 20, 20 },
		{ "[Two]Address", "[2]store.Address", 40, 40 },
		{ "[store.Two]Address", "[2]store.Address", 40, 40 },
		{ "Session", "store.Session", 96, 64 },
		{ "*Base", "*store.Base", 8, 4 },
		{ "Name", "string", 16, 8 },
		{ "Pair[int8,string]", "store.Pair[int8,string]", 24, 12 },
		{ "Pair[ ID , []ID ]", "store.Pair[store.ID,[]store.ID]", 32, 20 },
		{ "Pair[time.Duration, netip.Addr]", "store.Pair[time.Duration,net/netip.Addr]",
			32, 28 },
		{ "Set[Hash]", "store.Set[store.Hash]", 8, 4 },
		{ "Tree[Pair[bool, bool]]", "store.Tree[store.Pair[bool,bool]]", 24, 12 },
		{ "A", "store.A", 24, 12 },
		{ "map[Name]*pb.Node", "map[string]*pb.Node", 8, 4 },
		{ "[]pb.Set[int]", "[]pb.Set[int]", 24, 12 },
	};
	struct declared all = declare(store);

	(void)state;
	for (size_t i = 0; i < 2 * LENGTH(rows); i++) {
		bool large = i % 2 == 0;
		struct gotype_scope scope = { .target = target(large ? "amd64" : "386"),
			.declared = &all };
		struct error err = { "" };
		struct gotype *t = gotype_parse(rows[i / 2].type, &scope, &err);
		const char *name = t ? t->name : err.msg;

		if (t && !gotype_known(t, &err))
			name = err.msg;
		if (strcmp(name, rows[i / 2].name) != 0)
			fail_msg("%s is %s, not %s", rows[i / 2].type, name, rows[i / 2].name);
		if (t && t->size != (large ? rows[i / 2].amd64 : rows[i / 2].i386))
			fail_msg("%s has %u bytes", rows[i / 2].type, (unsigned)t->size);
		gotype_free(t);
	}
	declared_free(&all);
}

static void what_go_refuses(void **state)
{
	static const char *const rows[][3] = {
		{ "type T T", "T", "invalid recursive type main.T" },
		{ "type T struct { a [2]T }", "T", "invalid recursive type main.T" },
		{ "type A B\ntype B A", "A", "invalid recursive type main.A" },
		{ "type A struct{ b B }; type B struct{ a A }", "*B",
			"invalid recursive type main.B" },
		{ "type I interface{ I }", "I", "invalid recursive type main.I" },
		{ "type K []int", "map[K]int", "invalid map key type main.K" },
		{ "type K struct { f func() }", "map[K]int", "invalid map key type main.K" },
		{ "type P[K comparable, V any] struct{}", "P[int]",
			"not enough type arguments for type P: have 1, want 2" },
		{ "type P[K any] struct{}", "P[int,int]",
			"too many type arguments for type P: have 2, want 1" },
		{ "type P[K any] struct{}", "P",
			"cannot use generic type P[K any] without instantiation" },
		{ "type T int", "T[int]", "T is not a generic type" },
		{ "type C interface{ ~int }", "[]C",
			"cannot use type main.C outside a type constraint" },
		{ "type C comparable", "C", "cannot use type main.C outside a type constraint" },
		{ "const N = 4", "[]N", "N is not a type" },
		{ "type T int", "[T]int", "array length T (a type) must be constant" },
		{ "type P *int", "struct{ P }", "embedded field type cannot be a pointer" },
		{ "type T[P any] struct { f *T[[]P] }", "T[int]",
			"a.go:1: type T: instantiation cycle: T[" },
		{ "type T struct { a pb.X }", "T", "undefined: pb.X, a part of main.T" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct declared all = declare(rows[i][0]);
		struct gotype_scope scope = { .target = target("amd64"), .declared = &all };
		struct error err = { "" };
		struct gotype *t = gotype_parse(rows[i][1], &scope, &err);

		if (t && gotype_known(t, &err))
			fail_msg("%s is taken: %s", rows[i][1], rows[i][0]);
		if (strncmp(err.msg, rows[i][2], strlen(rows[i][2])) != 0)
			fail_msg("%s\n  says %s\n  not  %s", rows[i][0], err.msg, rows[i][2]);
		gotype_free(t);
		declared_free(&all);
	}
}

static void files_that_are_none(void **state)
{
	static const char *const rows[][2] = {
		{ "package a\n\ntype T struct {\n int\n", "a.go:3: a bracket without its end" },
		{ "package a\ntype T stru@ct{}",
			"a.go:2: type \"stru@ct{}\": the end expected at "
			"\"@ct{}\"" },
		{ "hello, world",
			"a.go:1: type, const, var, func or import is expected at "
			"\"hello,\"" },
		{ "package a\n/* no end", "a.go:2: a comment without its end" },
		{ "package a\nvar s = \"no end", "a.go:2: a string without its end" },
		{ "package a\ntype T", "a.go:2: a type is missing: type T T" },
		{ "package a\ntype (\n A int\n", "a.go:2: a bracket without its end" },
		{ "package a\ntype T (]", "a.go:2: a bracket closes another" },
		{ "package a\ntype struct {}",
			"a.go:2: \"struct\" is no name that could be declared" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct declared all = { 0 };
		struct error err = { "" };
		FILE *in = fmemopen((void *)(uintptr_t)rows[i][0], strlen(rows[i][0]), "r");

		if (declared_read(&all, in, "a.go", &err))
			fail_msg("taken: %s", rows[i][0]);
		if (strcmp(err.msg, rows[i][1]) != 0)
			fail_msg("%s\n  says %s\n  not  %s", rows[i][0], err.msg, rows[i][1]);
		fclose(in);
		declared_free(&all);
	}
}

/* Any piece of a file, and any byte in it changed, ends in declarations or an error. */
static void pieces_of_files_do_no_harm(void **state)
{
	struct rig_dice d = { 5 };

	(void)state;
	for (unsigned round = 0; round < 4000; round++) {
		char *text = xstrdup(store);
		size_t len = round < sizeof store ? round : sizeof store - 1;
		struct declared all = { 0 };
		struct gotype_scope scope = { .target = target("386"), .declared = &all };
		struct error err = { "" };
		FILE *in;

		for (unsigned k = 0; len && k < round % 4; k++)
			text[rig_below(&d, len)] = (char)rig_below(&d, 256);
		in = fmemopen(text, len ? len : 1, "r");
		assert_true(declared_read(&all, in, "a.go", &err) || err.msg[0]);
		fclose(in);
		gotype_free(gotype_parse("map[Pair[int, Hash]]Session", &scope, &err));
		declared_free(&all);
		free(text);
	}
}

static void all_known_types_are_types(void **state)
{
	(void)state;
	for (size_t i = 0; known_at(i); i++)
		for (unsigned k = 0; release_at(k); k++) {
			const struct declaration *d = known_at(i);
			struct gotype_scope scope = { .target = target("386"),
				.release = release_at(k) };
			char *name = xasprintf("%s.%s%s", d->package, d->name, !d->params ? ""
				: strchr(d->params, ',') ? "[int,int]" : "[int]");
			struct error err;
			struct gotype *t;

			if (known_find(d->package, strlen(d->package), d->name, strlen(d->name),
				release_at(k)) && strcmp(d->name, "Ordered") != 0) {
				t = gotype_parse(name, &scope, &err);
				if (!t || !gotype_known(t, &err))
					fail_msg(
						"%s in %s: %s", name, release_at(k)->name, err.msg);
				for (size_t m = 0; gotype_missing(t, m); m++)
					if (!strstr(gotype_missing(t, m), "indirect["))
						fail_msg("%s leads to %s", name,
							gotype_missing(t, m));
				gotype_free(t);
			}
			free(name);
		}
}

/* One that is declared anew is refused where another no longer is one: a saved script has both. */
static void declared_anew(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "type Key int ; type Val map[Key]Val ; const N = 5 ; type A [N]int");
	rig_fails(&s, "type Key []int", "type: type Val: invalid map key type main.Key");
	rig_fails(&s, "const N = -1", "const: type A: invalid array length N");
	rig_run(&s, "type Key string ; const N = 6 ; map map[Key]A ; fill 3");
	session_close(&s);
}

static void declarations_are_kept(void **state)
{
	struct session s, again;
	char *json, *same;
	struct error err;
	FILE *in;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "type Key [2]int32\nmap map[Key]int\ninsert {1, 2}");
	rig_fails(&s, "type Key struct { a Key }", "type: invalid recursive type main.Key");
	rig_run(&s, "type Key struct { a, b int64 }");
	assert_int_equal(s.world.map.type->keysize, 16);
	rig_run(&s, "type Unused [3]int");
	assert_string_equal(s.world.map.type->type->name, "map[main.Key]int");
	session_close(&s);

	rig_open(&s, NULL, NULL, true);
	s.desk.keep_json = true;
	rig_run(&s, "type Pair[K comparable, V any] struct { Key K; Val V }\nconst N = 2\n"
		"type Key [N]int32\ntype User struct{ next *User; peer *pb.Peer; name string }\n"
		"map map[Key]Pair[Key,*User]\ninsert {1, 2} {{3, 4}, nil}\nsnapshot");
	json = rig_document(&s);
	assert_non_null(strstr(json, "\"types\": [\"type Key [N]int32\", "));
	rig_open(&again, NULL, NULL, true);
	again.desk.keep_json = true;
	in = fmemopen(json, strlen(json), "r");
	if (!session_open_stream(&again, in, "x.json", &err))
		fail_msg("%s", err.msg);
	fclose(in);
	same = rig_document(&again);
	assert_string_equal(same, json);
	rig_run(&again, "insert {2, 3} {{5, 6}, nil}");
	free(json);
	free(same);
	session_close(&again);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_of_a_file),
		cmocka_unit_test(what_go_refuses),
		cmocka_unit_test(files_that_are_none),
		cmocka_unit_test(pieces_of_files_do_no_harm),
		cmocka_unit_test(all_known_types_are_types),
		cmocka_unit_test(declared_anew),
		cmocka_unit_test(declarations_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
