/* SPDX-License-Identifier: MIT */
#include "tui/view/leads.h"

#include <inttypes.h>

#include "tui/canvas/wrap.h"

enum {
	LEADS = 6,      /* that are shown */
	PARTS = 64,     /* of an array that are looked at */
	ROWS = 4,       /* of the memory behind a value */
	PART_ROWS = 2,  /* behind a part of one */
	BYTES = 16,     /* the column of the bytes */
};

struct walk {
	const struct heap *heap;
	const struct pane *p;
	int y;
	unsigned shown;   /* leads so far; one more than LEADS: the last was left out */
	struct text path; /* of the part at hand, as in Go; empty for the value itself */
};

/* A run of bytes in memory, as hexadecimal digits and as text. */
static void put_memory(struct walk *w, uint64_t addr, uint64_t len)
{
	const struct pane *p = w->p;
	unsigned line = p->w >= BYTES + 4 * 16 ? 16 : p->w >= BYTES + 4 * 8 ? 8 : 4;
	uint64_t most = line * (w->path.len ? PART_ROWS : ROWS);

	for (uint64_t at = 0; at < len && at < most; at += line, w->y++) {
		pane_printf(p, 2, w->y, ROLE_ADDRESS, "0x%" PRIx64, addr + at);
		for (uint64_t i = at; i < at + line && i < len; i++) {
			uint8_t b = *heap_at(w->heap, addr + i);
			int n = (int)(i - at);

			pane_printf(p, BYTES + 3 * n, w->y, ROLE_STRING, "%02x", b);
			pane_put(p, BYTES + 3 * (int)line + n, w->y, ROLE_STRING,
				b >= ' ' && b < 0x7f ? b : U'·');
		}
	}
	if (len > most)
		pane_printf(p, 2, w->y++, ROLE_NOTE, "… %" PRIu64 " bytes in all", len);
}

/* False when there are too many already. */
static bool begin_lead(struct walk *w)
{
	if (w->shown == LEADS)
		pane_textn(w->p, 2, w->y++, w->p->w - 2, ROLE_NOTE, "… and more");
	w->shown += w->shown <= LEADS;
	return w->shown <= LEADS;
}

/* Which part it is, and what of it leads away. */
static void put_title(struct walk *w, const char *what)
{
	struct text words = { 0 };

	text_printf(&words, "%s%s%s", text_str(&w->path), w->path.len ? ": " : "", what);
	pane_datan(w->p, 2, w->y++, w->p->w - 2, ROLE_NOTE, text_str(&words));
	text_free(&words);
}

/* len bytes at addr; what they are is told but for a value that is a string itself. */
static void put_lead(struct walk *w, const char *what, uint64_t addr, uint64_t len)
{
	bool plain = w->path.len == 0 && *what == '\0';

	if (!begin_lead(w))
		return;
	if (!plain)
		put_title(w, *what ? what : "the string");
	if (heap_holds(w->heap, addr, len))
		put_memory(w, addr, len);
	else
		pane_printf(
			w->p, 2, w->y++, ROLE_NOTE, "0x%" PRIx64 " is outside of the heap", addr);
}

/* Back from a part to what it is a part of. */
static void leave(struct walk *w, size_t path)
{
	w->path.len = path;
	w->path.s[path] = '\0';
}

static void walk_value(struct walk *w, const struct gotype *t, const uint8_t *v);

static void walk_string(struct walk *w, const uint8_t *v)
{
	const struct target *t = w->heap->target;
	uint64_t len = load_uint(t, v + t->ptrsize, t->ptrsize);

	if (len)
		put_lead(w, "", load_uint(t, v, t->ptrsize), len);
}

/* The elements of an array, one by one, as far as they lead on. */
static void walk_elements(struct walk *w, const struct gotype *elem, const uint8_t *v, uint64_t n)
{
	size_t path = w->path.len;

	for (uint64_t i = 0; i < n && i < PARTS && w->shown <= LEADS; i++) {
		text_printf(&w->path, "[%" PRIu64 "]", i);
		walk_value(w, elem, v + i * elem->size);
		leave(w, path);
	}
}

static void walk_slice(struct walk *w, const struct gotype *type, const uint8_t *v)
{
	const struct target *t = w->heap->target;
	uint64_t data = load_uint(t, v, t->ptrsize), len = load_uint(t, v + t->ptrsize, t->ptrsize);
	struct text what = { 0 };

	if (len == 0 || type->elem->size == 0)
		return;
	text_printf(&what, "the array of the slice, len %" PRIu64 ", cap %" PRIu64, len,
		load_uint(t, v + 2 * t->ptrsize, t->ptrsize));
	put_lead(w, text_str(&what), data, len * type->elem->size);
	text_free(&what);
	if (type->elem->pointers && heap_holds(w->heap, data, len * type->elem->size))
		walk_elements(w, type->elem, heap_at(w->heap, data), len);
}

/* The value in an interface lies apart, and may lead on. */
static void walk_interface(struct walk *w, const uint8_t *v)
{
	const struct target *target = w->heap->target;
	struct value_dynamic d = value_dynamic(w->heap, v);
	/* An error points to a struct that holds its text alone. */
	const struct gotype *t = d.type ? d.type : gotype_basic(KIND_STRING, target);
	struct text what = { 0 };
	size_t path = w->path.len;

	if (d.nil)
		return;
	if (d.direct) {
		text_printf(&w->path, ".(%s)", t->name);
		walk_value(w, t, value_held(w->heap, &d, v));
		leave(w, path);
		return;
	}
	text_printf(&what, "the data word leads to %s%s", d.type ? "its " : "an errorString",
		d.type ? d.type->name : "");
	put_lead(w, text_str(&what), d.data, t->size);
	text_free(&what);
	text_printf(&w->path, ".(%s)", d.type ? d.type->name : "*errorString");
	if (t->pointers && heap_holds(w->heap, d.data, t->size))
		walk_value(w, t, heap_at(w->heap, d.data));
	leave(w, path);
}

static void walk_struct(struct walk *w, const struct gotype *t, const uint8_t *v)
{
	size_t path = w->path.len;

	for (unsigned i = 0; i < t->nfields && w->shown <= LEADS; i++) {
		text_printf(&w->path, ".%s", t->fields[i].name);
		walk_value(w, t->fields[i].type, v + t->fields[i].offset);
		leave(w, path);
	}
}

static void walk_pointer(struct walk *w, const uint8_t *v)
{
	const struct target *target = w->heap->target;

	if (load_uint(target, v, target->ptrsize) && begin_lead(w))
		put_title(w, "leads to the program's memory, which is not here");
}

static void walk_value(struct walk *w, const struct gotype *t, const uint8_t *v)
{
	if (!t->pointers)
		return;
	switch (t->kind) {
	case KIND_STRING:
		walk_string(w, v);
		break;
	case KIND_SLICE:
		walk_slice(w, t, v);
		break;
	case KIND_ANY:
	case KIND_ERROR:
	case KIND_INTERFACE:
		walk_interface(w, v);
		break;
	case KIND_ARRAY:
		walk_elements(w, t->elem, v, t->len);
		break;
	case KIND_STRUCT:
		walk_struct(w, t, v);
		break;
	default:
		walk_pointer(w, v);
		break;
	}
}

int view_leads(const struct look *l, const struct pane *p, int y, bool elem)
{
	const struct map *m = &l->session->world.map;
	const struct gotype *t = elem ? m->type->elem : m->type->key;
	const uint8_t *v = elem ? map_elem(m, l->cursor.addr, l->cursor.slot)
				: map_key(m, l->cursor.addr, l->cursor.slot);
	struct walk w = { .heap = m->heap, .p = p, .y = y };
	struct text words = { 0 };
	struct pane apart;

	if (elem ? m->type->indirect_elem : m->type->indirect_key) {
		apart = pane_sub(p, 2, w.y, p->w - 2, p->h - w.y);
		text_printf(&words, "stored apart, as it is larger than %d bytes:", INLINE_MOST);
		w.y += wrap_text(&apart, 0, 0, ROLE_NOTE, text_str(&words));
		put_memory(&w, heap_addr(m->heap, v), t->size);
		text_free(&words);
	}
	walk_value(&w, t, v);
	text_free(&w.path);
	return w.y - y;
}
