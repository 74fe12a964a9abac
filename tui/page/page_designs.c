/* SPDX-License-Identifier: MIT */
/*
 * The same operations in both designs of map: each as its release has it, in a compact picture,
 * beside each other where there is room.
 */
#include "model/figures/figures.h"
#include "model/session/twin.h"
#include "tui/page/compact.h"
#include "tui/page/views.h"
#include "tui/sheet/sheet.h"
#include "tui/view/follow.h"

enum { HALF = 39, GAP = 2 }; /* columns: of a picture beside another at least; between them */

static struct canvas *draw_one(struct session *s, int width, bool ascii)
{
	struct canvas *picture;
	struct look look;

	look_init(&look, s);
	follow(&look);
	look.no_cursor = true;
	picture = compact_draw(&look, width, ascii);
	look_free(&look);
	return picture;
}

static int put_one(struct session *s, const struct pane *p, int x, int y, int width)
{
	struct canvas *picture = draw_one(s, width, p->canvas->ascii);
	int rows = picture->h;

	pane_printf(p, x, y, ROLE_TITLE, "Go %s, %s", s->given.release->name,
		s->given.release->engine == ENGINE_SWISS ? "swiss" : "classic");
	pane_copy(p, x, y + 1, picture);
	canvas_free(picture);
	return 1 + rows;
}

int draw_designs(const struct present *now, const struct pane *p)
{
	struct error err;
	struct session *other = session_twin(now->session, &err);
	int width = (p->w - GAP) / 2, y, rows;

	if (!other || !other->world.map.header)
		return 0; /* the sheet says why */
	if (width < HALF)
		width = p->w;
	y = put_one(now->session, p, 0, 0, width);
	rows = width < p->w ? put_one(other, p, width + GAP, 0, width)
		: 1 + put_one(other, p, 0, y + 1, width);
	return (width < p->w ? (rows > y ? rows : y) : y + rows) + 1;
}

static const struct column columns[] = {
	{ "Go", "Go", "go", .width = 8, .left = true, .role = ROLE_VALUE },
	{ "design", "design", "engine", .width = 9, .left = true, .role = ROLE_VALUE },
	{ "entries", "entries", "entries", .width = 9, .role = ROLE_VALUE },
	{ "in use", "bytes in use", "inuse_bytes", .width = 11, .role = ROLE_VALUE },
	{ "objects", "objects", "inuse_objects", .width = 8, .role = ROLE_VALUE },
	{ "allocated", "bytes allocated", "alloc_bytes", .width = 12, .role = ROLE_VALUE },
	{ "objects", "objects", "alloc_objects", .width = 8, .rank = 1, .role = ROLE_VALUE },
};

static void put_row(const struct session *s, struct sheet_table *t)
{
	struct row *r = table_row(t);
	struct account held = map_reached(&s->world.map);
	const struct heap_state *heap = &s->world.heap.state;

	row_data(r, s->given.release->name);
	row_words(r, s->given.release->engine == ENGINE_SWISS ? "swiss" : "classic");
	row_count(r, map_count(&s->world.map));
	row_count(r, held.bytes);
	row_count(r, held.objects);
	row_count(r, heap->alloc_bytes);
	row_count(r, heap->alloc_objects);
}

bool designs_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	struct session *other = session_twin(now->session, err);
	struct sheet_table *t;

	if (!other)
		return false;
	t = sheet_table(out, "designs", columns, sizeof columns / sizeof *columns);
	put_row(now->session, t);
	put_row(other, t);
	return true;
}
