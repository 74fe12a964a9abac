/* SPDX-License-Identifier: MIT */
/* A map of whose memory parts were not captured: each view shows it, and says what is missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tests/model/rig.h"
#include "tui/page/page.h"

#include <cmocka.h>

enum { WORD = 8, HOLES = 24 };

/* What was captured; the bytes are owned. */
static struct memory known;
static uint8_t *copied;

/* The heap as a copy of itself, in which [from, to) is missing. */
static void capture(struct session *s, uint64_t from, uint64_t to)
{
	struct heap *h = &s->world.heap;
	uint64_t base = h->base, end = h->state.next_page;
	struct error err;

	copied = xmalloc((size_t)(end - base));
	memcpy(copied, heap_at(h, base), (size_t)(end - base));
	if (!memory_add(&known, base, from - base, copied) ||
		!memory_add(&known, to, end - to, copied + (to - base)) ||
		!heap_capture(h, &known, &err))
		fail_msg("%s", err.msg);
}

static void forget(struct session *s)
{
	session_close(s);
	memory_free(&known);
	free(copied);
}

/* The page as text; free it. */
static char *draw(struct session *s, const char *view, const char *cursor)
{
	struct page_options o = { .view = view, .width = 100, .cursor = cursor };
	struct error err = { 0 };
	struct canvas *canvas = page_draw(s, &o, &err);
	char *text = NULL;
	size_t size;
	FILE *out;

	if (!canvas)
		return NULL;
	out = open_memstream(&text, &size);
	assert_non_null(out);
	assert_true(canvas_print(canvas, out));
	assert_int_equal(fclose(out), 0);
	canvas_free(canvas);
	return text;
}

/* All views but loads and types, which fill maps of their own and look at no memory of this one. */
static void draw_all(struct session *s)
{
	for (unsigned i = 0; page_view_at(i); i++)
		if (strcmp(page_view_at(i)->name, "loads") != 0 &&
			strcmp(page_view_at(i)->name, "types") != 0)
			free(draw(s, page_view_at(i)->name, NULL));
}

static const struct { const char *type, *lines; } maps[] = {
	{ "map[int]string", "fill 8" },
	{ "map[int]string", "fill 26 ; insert 26" },
	{ "map[string]int", "make 60 ; collide 3 30 ; fill 40 ; delete \"key-3\"" },
	{ "map[[200]byte]int", "fill 30" },
	{ "map[int][200]byte", "fill 26 ; insert 26" },
	{ "map[any][]string", "insert 1 {\"a\", \"b\"} ; insert \"x\" {\"c\"} ; insert nil nil" },
	{ "map[float64]struct{ S string; E error }", "insert NaN ; insert 1" },
};

/* Holes of whole words anywhere but in the header, without which there is no map. */
static void test_every_view(void **state)
{
	struct rig_dice dice = { .state = 1 };

	(void)state;
	for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++) {
		for (int n = 0; n < HOLES; n++) {
			struct session s;
			uint64_t from, to, first, end;

			rig_open(&s, maps[i].type, "amd64", true);
			rig_run(&s, maps[i].lines);
			first = s.world.map.header + hmap_size(s.given.release, s.given.target);
			end = s.world.heap.state.next_page;
			from = first + WORD * rig_below(&dice, (end - first) / WORD);
			to = from + WORD * (1 + rig_below(&dice, n % 2 ? 8 : (end - from) / WORD));
			capture(&s, from, to > end ? end : to);
			draw_all(&s);
			forget(&s);
		}
	}
}

/* All but the header is missing. */
static void test_header_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++) {
		struct session s;

		rig_open(&s, maps[i].type, "amd64", true);
		rig_run(&s, maps[i].lines);
		capture(&s, s.world.map.header + hmap_size(s.given.release, s.given.target),
			s.world.heap.state.next_page);
		draw_all(&s);
		forget(&s);
	}
}

static void says(struct session *s, const char *view, const char *cursor, const char *words)
{
	char *text = draw(s, view, cursor);

	assert_non_null(text);
	if (!strstr(text, words))
		fail_msg("%s of %s: no \"%s\" in\n%s", view, cursor, words, text);
	free(text);
}

/* Bucket 1 of two, its bytes, and the bytes of a string that lie apart. */
static void test_words(void **state)
{
	struct session s;
	uint64_t addr;

	(void)state;
	rig_open(&s, "map[int]string", "amd64", true);
	rig_run(&s, "fill 12");
	addr = map_bucket(&s.world.map, false, 1);
	capture(&s, addr, addr + s.world.map.type->unit.size);
	says(&s, "buckets", "@1", "1  not captured");
	says(&s, "bytes", "@1", "tophash    ·· ·· ·· ·· ·· ·· ·· ··");
	says(&s, "bytes", "@1", "not captured");
	says(&s, "bucket", "@1", "not captured");
	forget(&s);
	rig_open(&s, "map[int][200]byte", "amd64", true);
	rig_run(&s, "insert 7");
	addr = map_load_word(&s.world.map, map_bucket(&s.world.map, false, 0) +
		unit_elem(&s.world.map.type->unit, 0));
	capture(&s, addr, addr + 200);
	says(&s, "entries", NULL, VALUE_UNKNOWN);
	forget(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_view),
		cmocka_unit_test(test_header_alone),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
