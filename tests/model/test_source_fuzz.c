/* SPDX-License-Identifier: MIT */
/*
 * Snapshot files with mistakes in them, the same ones each time: bytes changed, values of the
 * document replaced, left out, doubled. Each is refused with a line, or opens; then everything
 * that looks at a map looks at it, and work on it goes on or is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "model/figures/check.h"
#include "model/figures/ledger.h"
#include "model/figures/shape.h"
#include "model/base/mem.h"
#include "model/source/snapshot.h"
#include "tests/model/rig.h"
#include "tests/model/swiss_laws.h"
#include "tui/page/page.h"

#include <cmocka.h>

enum { BYTES = 3000, VALUES = 4000 };

static const struct {
	const char *type, *arch, *script;
} seeds[] = {
	{ "map[string]int", NULL, "fill 9 ; snapshot \"one\" ; fill 30 ; delete 3..9 ; grow" },
	{ "map[int64]int8", "386", "fill 27 ; collide 1 20 ; range ; snapshot ; grow ; evacuate" },
	{ "map[any][]string", NULL, "fill 9 ; insert \"x\" {\"a\", \"b\"} ; delete 2..2" },
	{ "map[[20]int64]struct{ A error; B [150]byte }", NULL,
		"fill 12 ; delete 3..3 ; snapshot" },
	{ "map[float64]any", "mips", "insert NaN 1 ; insert NaN \"x\" ; fill 40 ; range ; grow" },
	{ "map[uint8]struct{}", NULL, "make 100 ; fill 60 ; clear ; fill 100 ; collide 0 2" },
	{ "map[struct{ P *int; S string }]chan int", "s390x", "fill 20 ; range ; grow" },
	{ "map[uint16]int8", NULL,
		"fill 9 ; snapshot ; map map[string]int ; fill 3 ; snapshot ; "
		"map map[uint16]int8 ; fill 20 ; range 3" },
	{ "map[string]int8", NULL,
		"go 1.24 ; fill 8 ; delete 3..4 ; snapshot ; fill 20 ; range 9" },
	{ "map[uint16][]int", "386", "go 1.26 ; fill 30 ; range 7 ; grow ; snapshot ; clear" },
	{ "map[int8]int16", "s390x",
		"go 1.27-X:mapsplitgroup ; fill 9 ; snapshot ; fill 40 ; range" },
};

static char *made[LENGTH(seeds)];

static char *make_seed(size_t i)
{
	struct session s;

	if (made[i])
		return xstrdup(made[i]);
	rig_open(&s, seeds[i].type, seeds[i].arch, true);
	s.desk.keep_json = true;
	rig_run(&s, seeds[i].script);
	made[i] = rig_document(&s);
	session_close(&s);
	return xstrdup(made[i]);
}

static int free_seeds(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(seeds); i++)
		free(made[i]);
	return 0;
}

static bool clean(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return false;
	return true;
}

/* Everything that looks at a map. */
static void look_at(struct session *s, struct rig_dice *d)
{
	FILE *out = fopen("/dev/null", "w");
	struct check c;
	struct ledger l;
	struct shape shape;
	struct error err;

	check_map(&s->world.map, &c);
	check_free(&c);
	ledger_take(&s->world.map, &l);
	shape_take(&s->world.map, &shape);
	free(rig_document(s));
	page_tables(s, "summary", FORMAT_LINES, out, &err);
	for (unsigned i = 0; page_view_at(i); i++) {
		struct canvas *page;

		/* This one fills maps of its own, of the type alone. */
		if (rig_below(d, strcmp(page_view_at(i)->name, "loads") == 0 ? 200 : 4))
			continue;
		page = page_draw(s, &(struct page_options){ .view = page_view_at(i)->name,
			.width = 90, .ascii = i % 2 }, &err);
		if (!page)
			fail_msg("%s: %s", page_view_at(i)->name, err.msg);
		canvas_print(page, out);
		canvas_free(page);
	}
	fclose(out);
}

static bool is_sound(struct session *s)
{
	return s->given.release->engine == ENGINE_SWISS ? swiss_sound(&s->world.map) : rig_sound(s);
}

static void work_on(struct session *s, struct rig_dice *d)
{
	static const char *const lines[] = { "fill 20", "delete 0..9", "evacuate 2", "grow",
		"range",
		"clear", "gc", "grow same", "undo 9", "redo", "collide 0 3", "lookup 3", "arch 386",
		"map map[int]int" };
	struct error err = { "" };

	for (unsigned i = 0; i < 6; i++) {
		if (!session_run(s, lines[rig_below(d, LENGTH(lines))], &err).ok && !err.msg[0])
			fail_msg("no message");
		if (!s->world.map.fixed && !is_sound(s))
			fail_msg("a sound map is so no more");
	}
}

static void try_text(const char *text, size_t len, struct rig_dice *d, unsigned long counts[2])
{
	struct error err = { "" };
	struct session s;
	FILE *in;
	bool ok;

	if (len == 0)
		return;
	in = fmemopen((void *)(uintptr_t)text, len, "r");
	assert_non_null(in);
	rig_open(&s, NULL, NULL, true);
	s.desk.keep_json = true;
	ok = session_open_stream(&s, in, "fuzz.json", &err);
	fclose(in);
	counts[ok]++;
	if (!ok && !(err.msg[0] && clean(err.msg)))
		fail_msg("the message is \"%s\"", err.msg);
	if (ok) {
		look_at(&s, d);
		work_on(&s, d);
	}
	session_close(&s);
}

static void changed_bytes_do_no_harm(void **state)
{
	struct rig_dice d = { 5 };
	unsigned long counts[2] = { 0 };

	(void)state;
	for (unsigned i = 0; i < BYTES; i++) {
		char *text = make_seed(i % LENGTH(seeds));
		size_t len = strlen(text);

		for (uint64_t n = 1 + rig_below(&d, 3); n > 0; n--) {
			size_t at = rig_below(&d, len), more = rig_below(&d, 40);

			switch (rig_below(&d, 5)) {
			case 0:
				text[at] = (char)rig_roll(&d);
				break;
			case 1:
				text[at] = "0123456789abcdef\"{}[],:-.nulltrue"[rig_below(&d, 32)];
				break;
			case 2:
				text[at] = text[rig_below(&d, len)];
				break;
			case 3:
				more = at + more < len ? more : len - at - 1;
				memmove(text + at, text + at + more, len - at - more);
				len -= more;
				break;
			default:
				len = rig_below(&d, 50) ? len : at + 1;
			}
		}
		try_text(text, len, &d, counts);
		free(text);
	}
	print_message("%lu refused, %lu opened\n", counts[0], counts[1]);
}

/* Some value below `value`, each as likely; NULL now and then. */
static json_t *descend(json_t *value, struct rig_dice *d, json_t **parent, const char **key,
	size_t *index)
{
	while (rig_below(d, 5)) {
		size_t n = json_is_object(value) ? json_object_size(value) : json_array_size(value);

		if (n == 0)
			break;
		*parent = value;
		*index = rig_below(d, n);
		if (json_is_object(value)) {
			void *iter = json_object_iter(value);

			for (size_t i = *index; i > 0; i--)
				iter = json_object_iter_next(value, iter);
			*key = json_object_iter_key(iter);
			value = json_object_iter_value(iter);
		} else {
			*key = NULL;
			value = json_array_get(value, *index);
		}
	}
	return value;
}

static json_t *other_number(json_int_t n, struct rig_dice *d)
{
	static const json_int_t some[] = { 0, 1, -1, 7, 8, 255, 256, 65535, 1ll << 31, 1ll << 40,
		INT64_MAX, INT64_MIN };

	switch (rig_below(d, 4)) {
	case 0:
		return json_integer(some[rig_below(d, LENGTH(some))]);
	case 1:
		return json_integer(n ^ 1ll << rig_below(d, 8));
	default: /* wraps, as the greatest number is one of those seen */
		return json_integer((json_int_t)((uint64_t)n + rig_below(d, 5) - 2));
	}
}

static json_t *other_string(const char *s, struct rig_dice *d)
{
	static const char *const some[] = { "", "?", "nil", "0", "NaN", "{}", "{1, 2}", "\"a\"",
		"aes",
		"wyhash", "386", "amd64", "go1.22", "map[int]int", "0xffffffff", "{NaN, nil}" };
	char *text = xstrdup(s);
	size_t len = strlen(text);
	json_t *value;

	if (len == 0 || rig_below(d, 3) == 0) {
		free(text);
		return json_string(some[rig_below(d, LENGTH(some))]);
	}
	text[rig_below(d, len)] = "0123456789abcdef\"{}? "[rig_below(d, 21)];
	value = json_string(text);
	free(text);
	return value ? value : json_string("");
}

static json_t *other_value(json_t *value, struct rig_dice *d)
{
	if (rig_below(d, 12) == 0)
		return rig_below(d, 2) ? json_null() : json_true();
	if (json_is_integer(value))
		return other_number(json_integer_value(value), d);
	if (json_is_string(value))
		return other_string(json_string_value(value), d);
	if (json_is_boolean(value))
		return json_boolean(!json_is_true(value));
	return json_deep_copy(value);
}

static void change_value(json_t *all, struct rig_dice *d)
{
	json_t *parent = NULL, *value;
	const char *key = NULL;
	size_t index = 0;

	value = descend(all, d, &parent, &key, &index);
	if (!parent)
		return;
	switch (rig_below(d, 8)) {
	case 0:
		if (key)
			json_object_del(parent, key);
		else
			json_array_remove(parent, index);
		break;
	case 1:
		if (!key)
			json_array_append(parent, value);
		break;
	default:
		value = other_value(value, d);
		if (key)
			json_object_set_new(parent, key, value);
		else
			json_array_set_new(parent, index, value);
	}
}

static void changed_values_do_no_harm(void **state)
{
	struct rig_dice d = { 77 };
	unsigned long counts[2] = { 0 };

	(void)state;
	for (unsigned i = 0; i < VALUES; i++) {
		char *text = make_seed(i % LENGTH(seeds)), *bad;
		json_t *all = json_loads(text, 0, NULL);

		for (uint64_t n = 1 + rig_below(&d, 3); n > 0; n--)
			change_value(all, &d);
		bad = json_dumps(all, 0);
		try_text(bad, strlen(bad), &d, counts);
		json_decref(all);
		free(bad);
		free(text);
	}
	print_message("%lu refused, %lu opened\n", counts[0], counts[1]);
	assert_true(counts[1] > VALUES / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changed_bytes_do_no_harm),
		cmocka_unit_test(changed_values_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, free_seeds);
}
