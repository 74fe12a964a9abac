/* SPDX-License-Identifier: MIT */
/*
 * Random command lines, sound ones and broken ones, for some seconds at most and the same ones
 * each time. After each the map must obey its laws, a failure must have left nothing behind, and
 * a message must be fit for a terminal.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "model/source/snapshot.h"
#include "tests/model/rig.h"

#include <cmocka.h>

enum { SESSIONS = 400, LINES = 60, LARGE = 3000 };

static const char *const types[] = { "int", "string", "uint8", "bool", "float32", "complex128",
	"any", "error", "[2]string", "[3]byte", "[150]byte", "[]int", "*int", "struct{}", "func()",
	"struct{ A int8; _ int16; B string }", "struct{ F float64; G any }", "[0]string",
	"chan int", "map[int]int", "[2]struct{ A byte; B int64 }" };

static const char *const literals[] = { "0", "1", "-1", "7", "255", "256", "0x2a", "1.5", "-0.0",
	"NaN", "+Inf", "(1+2i)", "\"a\"", "\"key-3\"", "\"\\xff\\n\"", "`raw`", "true", "false",
	"nil", "{}", "{1, 2}", "{\"a\", \"b\"}", "{1, 2, \"x\"}", "{NaN, nil}", "{0.5, \"x\"}",
	"int8(5)", "'x'", "0xc0", "{{1, 2}, {3, 4}}" };

static const char *const lines[] = { "map map[%t]%t", "insert %l", "insert %l %l", "insert %r",
	"fill %n", "delete %l", "delete %r", "clear", "rebuild", "clone",
	"rebuild from %s %s", "lookup %l", "lookup %r", "range",
	"range %s", "range all", "range %s from %s %s", "next", "next %s", "next all",
	"collide %s %s", "grow", "grow same", "evacuate %s", "gc", "check", "snapshot \"%l\"",
	"undo %n", "redo %n", "undo", "redo", "seed %n", "make", "make %n", "arch amd64",
	"arch 386", "arch s390x", "arch mips", "go 1.19", "go 1.21", "go 1.22", "go 1.23",
	"hash aes", "hash wyhash", "caption %l", "insert %r", "insert %r", "delete %r",
	"export json", "" };

static const char *pick(struct rig_dice *d, const char *const *list, size_t count)
{
	return list[rig_below(d, count)];
}

/* One line by its pattern: %t a type, %l a literal, %n and %s numbers, %r a run. */
static void add_line(struct rig_dice *d, struct text *out)
{
	for (const char *p = pick(d, lines, LENGTH(lines)); *p; p++) {
		unsigned a = (unsigned)rig_below(d, 150);

		if (*p != '%') {
			text_addc(out, *p);
			continue;
		}
		switch (*++p) {
		case 't':
			text_add(out, pick(d, types, LENGTH(types)));
			break;
		case 'l':
			text_add(out, pick(d, literals, LENGTH(literals)));
			break;
		case 'n':
			text_printf(out, "%u", (unsigned)rig_below(d, 200));
			break;
		case 's':
			text_printf(out, "%u", (unsigned)rig_below(d, 12));
			break;
		default:
			text_printf(out, "%u..%u", a, a + (unsigned)rig_below(d, 60));
		}
	}
}

/* A byte changed, one left out, one put in, or a piece doubled. */
static void mutate(struct rig_dice *d, struct text *line)
{
	static const char bytes[] = "0123456789.-+xeNI\"'`\\#{}[](), \t*;<abmp\x01\x7f\x80\xff\xc3";
	char c = bytes[rig_below(d, sizeof bytes - 1)];
	struct text out = { 0 };
	size_t at;

	if (line->len == 0)
		return;
	at = rig_below(d, line->len);
	switch (rig_below(d, 4)) {
	case 0:
		line->s[at] = c;
		return;
	case 1:
		memmove(line->s + at, line->s + at + 1, line->len - at);
		line->len--;
		return;
	case 2:
		text_addn(&out, line->s, at);
		text_addc(&out, c);
		break;
	default:
		text_addn(&out, line->s, at);
		text_addn(&out, line->s + at / 2, at - at / 2);
	}
	text_add(&out, line->s + at);
	text_free(line);
	*line = out;
}

/* Numbers of more than three digits would fill the memory, not find mistakes. */
static bool too_long(const char *line)
{
	unsigned digits = 0;

	for (; *line; line++) {
		digits = isxdigit((unsigned char)*line) ? digits + 1 : 0;
		if (digits > 3)
			return true;
	}
	return false;
}

static bool clean(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return false;
	return true;
}

static bool export_json(struct session *s, const char *args, struct error *err)
{
	FILE *out = fopen("/dev/null", "w");
	bool ok;

	(void)args;
	assert_non_null(out);
	ok = session_write_snapshots(s, out, err);
	fclose(out);
	return ok;
}

/* Runs a line and looks at what it did. */
static void try_line(struct session *s, const char *line, uint64_t session)
{
	struct text before = { 0 }, after = { 0 };
	uint64_t now = s->time.now, total = s->time.total;
	bool compare = session % 4 == 0, ok;
	struct error err = { "" };

	if (compare)
		rig_state(s, &before);
	ok = session_run(s, line, &err).ok;
	if (!ok && !(err.msg[0] && clean(err.msg)))
		fail_msg("session %llu, %s: the message is \"%s\"", (unsigned long long)session,
			line, err.msg);
	if (!ok && compare && s->time.now == now) {
		rig_state(s, &after);
		if (strcmp(text_str(&before), text_str(&after)) != 0 || s->time.total > total)
			fail_msg("session %llu, %s failed and changed something",
				(unsigned long long)session, line);
	}
	if (s->time.now > s->time.total ||
		(s->time.now == s->time.total && session_point(s) && !session_point(s)->label))
		fail_msg("session %llu, %s: point %llu of %llu", (unsigned long long)session, line,
			(unsigned long long)s->time.now, (unsigned long long)s->time.total);
	if (!rig_sound(s))
		fail_msg("session %llu, after %s: the map is not sound",
			(unsigned long long)session, line);
	text_free(&before);
	text_free(&after);
}

/* The document is JSON whatever the map holds. */
static void check_document(struct session *s)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	struct error err;
	json_error_t why;
	json_t *all;

	assert_true(session_ensure_map(s, &err));
	assert_true(session_write_snapshots(s, out, &err));
	fclose(out);
	all = json_loadb(text, len, 0, &why);
	if (!all)
		fail_msg("line %d of the document: %s", why.line, why.text);
	json_decref(all);
	free(text);
}

static void fuzz_session(uint64_t number)
{
	struct rig_dice d = { number * 0x9e3779b97f4a7c15u + 1 };
	struct session s;

	rig_open(&s, NULL, NULL, true);
	s.hooks.export = export_json;
	s.desk.keep_json = number % 2;
	for (unsigned i = 0; i < LINES; i++) {
		struct text line = { 0 };
		uint64_t mutations = rig_below(&d, 3) == 0 ? 1 + rig_below(&d, 4) : 0;

		add_line(&d, &line);
		for (; mutations > 0; mutations--)
			mutate(&d, &line);
		if (!too_long(text_str(&line)))
			try_line(&s, text_str(&line), number);
		text_free(&line);
		if (s.world.map.header && map_get(&s.world.map, HMAP_COUNT) > LARGE)
			break;
	}
	check_document(&s);
	session_close(&s);
}

static void random_lines_do_no_harm(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < SESSIONS; i++)
		fuzz_session(i);
}

/* Bytes without any sense, as a script that is none. */
static void noise_does_no_harm(void **state)
{
	struct rig_dice d = { 99 };
	struct session s;

	(void)state;
	rig_open(&s, "map[string]any", NULL, true);
	for (unsigned i = 0; i < 20000; i++) {
		char line[64];
		size_t len = rig_below(&d, sizeof line);
		struct error err = { "" };

		for (size_t k = 0; k < len; k++)
			line[k] = (char)(1 + rig_below(&d, 255));
		if (i % 3 == 0 && len > 8)
			memcpy(line, "insert \"", 8);
		line[len] = '\0';
		if (!session_run(&s, line, &err).ok)
			assert_true(err.msg[0] && clean(err.msg));
	}
	assert_true(rig_sound(&s));
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_lines_do_no_harm),
		cmocka_unit_test(noise_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
