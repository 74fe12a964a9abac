/* SPDX-License-Identifier: MIT */
/* Literals as people write them: each way of spelling a value gives that value. */
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pointers_lead_to_what_they_say),
		cmocka_unit_test(spelled_values_come_back),
		cmocka_unit_test(examples_are_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
