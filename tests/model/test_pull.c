/* SPDX-License-Identifier: MIT */
/*
 * The pull reader of JSON: what is a document and what is none, by the rules and beside jansson;
 * wherever the buffer ends; and what it tells of mistakes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "model/base/mem.h"
#include "model/source/pull.h"
#include "tests/model/rig.h"

#include <cmocka.h>

enum { TEXTS = 40000 };

/* The value that comes next, as jansson has it; NULL when it is wrong. */
static json_t *take(struct pull *p)
{
	enum pull_kind kind;
	json_t *all, *value;
	bool more;

	if (!pull_value(p, &kind))
		return NULL;
	switch (kind) {
	case PULL_NULL:
		return json_null();
	case PULL_FALSE:
		return json_false();
	case PULL_TRUE:
		return json_true();
	case PULL_INTEGER:
		return json_integer(p->number);
	case PULL_REAL:
		return json_real(0.5);
	case PULL_STRING:
		return json_string(text_str(&p->text));
	default:
		break;
	}
	all = kind == PULL_LIST ? json_array() : json_object();
	while (kind == PULL_LIST ? pull_item(p, &more) : pull_member(p, &more)) {
		char *name = kind == PULL_LIST || !more ? NULL : xstrdup(text_str(&p->name_of));

		if (!more)
			return all;
		value = take(p);
		if (value && name)
			json_object_set_new(all, name, value);
		else if (value)
			json_array_append_new(all, value);
		free(name);
		if (!value)
			break;
	}
	json_decref(all);
	return NULL;
}

static json_t *read_text(const char *text, size_t len, struct error *err)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, len, "r");
	struct pull p;
	json_t *all;

	assert_non_null(in);
	pull_open(&p, in, "a.json", err);
	all = take(&p);
	if (all && !pull_end(&p)) {
		json_decref(all);
		all = NULL;
	}
	pull_close(&p);
	fclose(in);
	return all;
}

static void mistakes_are_named(void **state)
{
	static const char *const rows[][2] = {
		{ "{\"a\" 1}", "1:6: this is no JSON: ':' expected near '1'" },
		{ "{\"a\": 1\n \"b\": 2}", "2:2: this is no JSON: ',' or '}' expected near '\"'" },
		{ "[1 2]", "1:4: this is no JSON: ',' or ']' expected near '2'" },
		{ "[1,]", "1:4: this is no JSON: a value expected near ']'" },
		{ "{\"a\": 1,}", "1:9: this is no JSON: string expected near '}'" },
		{ "[nul]", "1:4: this is no JSON: a value expected near 'nul'" },
		{ "[01]", "1:3: this is no JSON: a number that begins with 0" },
		{ "[-]", "1:3: this is no JSON: a digit expected near ']'" },
		{ "[1.]", "1:4: this is no JSON: a digit expected near ']'" },
		{ "[1e]", "1:4: this is no JSON: a digit expected near ']'" },
		{ "[9223372036854775808]", "1:20: this is no JSON: too big integer" },
		{ "[-9223372036854775809]", "1:21: this is no JSON: too big negative integer" },
		{ "[\"a", "1:3: this is no JSON: a string without its end" },
		{ "[\"a\nb\"]", "1:3: this is no JSON: control character 0x0a in a string" },
		{ "[\"\\x\"]", "1:3: this is no JSON: a \\ that begins no escape" },
		{ "[\"\\u12g4\"]",
			"1:6: this is no JSON: four hexadecimal digits are expected behind \\u" },
		{ "[\"\\ud800\"]", "1:8: this is no JSON: \\ud800 is half of a character" },
		{ "[\"\\udc00\"]", "1:8: this is no JSON: \\udc00 is half of a character" },
		{ "[\"\\ud800\\u0041\"]", "1:14: this is no JSON: \\ud800\\u0041 is no character" },
		{ "[\"\\u0000\"]", "1:8: this is no JSON: \\u0000 is not allowed" },
		{ "[\"\xc0\x80\"]", "1:2: this is no JSON: unable to decode byte 0xc0" },
		{ "[\"\xed\xa0\x80\"]", "1:2: this is no JSON: unable to decode byte 0xed" },
		{ "{\"a\": 1, \"a\": 2}",
			"1:12: this is no JSON: two fields of one object are called 'a'" },
		{ "{} x", "1:4: this is no JSON: end of file expected near 'x'" },
		{ "[", "1:1: this is no JSON: a value expected near end of file" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char *want = xasprintf("a.json:%s", rows[i][1]);
		struct error err = { "" };
		json_t *all = read_text(rows[i][0], strlen(rows[i][0]), &err);

		if (all || strcmp(err.msg, want) != 0)
			fail_msg("%s\n%s\n%s", rows[i][0], err.msg, want);
		free(want);
	}
}

/* A document in which each value, name and escape comes to lie across the buffer's end. */
static void buffers_end_anywhere(void **state)
{
	static const char
		part[] = "{\"n\\u00e4me\": [\"\\ud83d\\ude00 \xc3\xa4\xe2\x82\xac\", -1234567890, "
			 "true, null, 1.5e+3, {}, [\n]]}";
	struct error err;

	(void)state;
	for (size_t shift = 0; shift < 2 * sizeof part; shift++) {
		struct text text = { 0 };
		json_t *want, *got;

		text_addc(&text, '[');
		for (size_t i = 0; i < (1 << 16) - 1 - shift; i++)
			text_addc(&text, ' ');
		text_printf(&text, "%s, %s]", part, part);
		want = json_loadb(text.s, text.len, 0, NULL);
		assert_non_null(want);
		json_array_set_new(
			json_object_get(json_array_get(want, 0), "n\xc3\xa4me"), 4, json_real(0.5));
		json_array_set_new(
			json_object_get(json_array_get(want, 1), "n\xc3\xa4me"), 4, json_real(0.5));
		got = read_text(text.s, text.len, &err);
		if (!got || !json_equal(want, got))
			fail_msg("shifted by %zu: %s", shift, got ? "another value" : err.msg);
		json_decref(got);
		json_decref(want);
		text_free(&text);
	}
}

/* What is set aside is what stood there, also when it is longer than the buffer. */
static void copies_are_whole(void **state)
{
	struct text text = { 0 }, copy = { 0 };
	struct pull p, again;
	struct error err;
	bool more;
	FILE *in;

	(void)state;
	text_add(&text, "{\"a\":  [");
	for (int i = 0; i < 50000; i++)
		text_printf(&text, "%s\"%d\"", i ? "," : "", i);
	text_add(&text, "], \"b\": 7}");
	in = fmemopen(text.s, text.len, "r");
	pull_open(&p, in, "a", &err);
	assert_true(
		pull_value(&p, &(enum pull_kind){ PULL_NULL }) && pull_member(&p, &more) && more);
	assert_true(pull_copy(&p, &copy));
	assert_int_equal(copy.len, text.len - strlen("{\"a\":  ") - strlen(", \"b\": 7}"));
	assert_memory_equal(copy.s, text.s + strlen("{\"a\":  "), copy.len);
	assert_true(
		pull_member(&p, &more) && more && pull_value(&p, &(enum pull_kind){ PULL_NULL }));
	assert_int_equal(p.number, 7);
	pull_open_text(&again, &copy, "a", &err);
	for (int i = -1; i < 50000; i++) {
		enum pull_kind kind;

		assert_true(i < 0 || (pull_item(&again, &more) && more));
		assert_true(pull_value(&again, &kind));
		assert_int_equal(kind, i < 0 ? PULL_LIST : PULL_STRING);
	}
	assert_true(pull_item(&again, &more) && !more && pull_end(&again));
	pull_close(&again);
	pull_close(&p);
	fclose(in);
	text_free(&text);
	text_free(&copy);
}

/* Reals are told to be such, and no more. */
static json_t *no_reals(json_t *value)
{
	const char *name;
	json_t *child;
	size_t i;
	void *tmp;

	if (json_is_real(value))
		return json_real(0.5);
	json_array_foreach(value, i, child)
		json_array_set_new(value, i, no_reals(child));
	json_object_foreach_safe(value, tmp, name, child)
		json_object_set_new(value, name, no_reals(child));
	return json_incref(value);
}

/* Of texts with mistakes, and of those where they make none, it says what jansson says. */
static void as_jansson_reads(void **state)
{
	static const char *const seeds[] = {
		"{\"a\": [1, -2, 3.5, \"x\\n\\u00e9\\\"\"], \"b\": {\"c\": null}}",
		"[[], {}, [[true, false]], \"\xc3\xa4\", 0, -0, 10e2]",
		"{\"count\": 7, \"raw\": \"00ff\", \"keys\": [\"\", \"\\\\\"]}"
	};
	static const char bytes[] = "0123456789abcdefu\"\\{}[],:-.+eE nulltrue\t\n\xc3\xa4\x80\x01";
	struct rig_dice d = { 9 };
	unsigned long counts[2] = { 0 };

	(void)state;
	for (unsigned n = 0; n < TEXTS; n++) {
		char *text = xstrdup(seeds[n % LENGTH(seeds)]);
		size_t len = strlen(text);
		struct error err = { "" };
		json_error_t why;
		json_t *want, *got;

		for (uint64_t k = rig_below(&d, 4); k > 0; k--)
			text[rig_below(&d, len)] = bytes[rig_below(&d, sizeof bytes - 1)];
		want = json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);
		got = read_text(text, len, &err);
		counts[want != NULL]++;
		if (want) {
			json_t *plain = no_reals(want);

			json_decref(want);
			want = plain;
		}
		/* A real that no double holds is nothing to it. */
		if (!want && got && strstr(why.text, "real number overflow"))
			want = json_incref(got);
		if (!want != !got || (want && !json_equal(want, got)))
			fail_msg("%s\n%s\n%s", text, want ? "right" : why.text,
				got ? "read" : err.msg);
		json_decref(want);
		json_decref(got);
		free(text);
	}
	print_message("%lu wrong, %lu right\n", counts[0], counts[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mistakes_are_named),
		cmocka_unit_test(buffers_end_anywhere),
		cmocka_unit_test(copies_are_whole),
		cmocka_unit_test(as_jansson_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
