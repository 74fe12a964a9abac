/* SPDX-License-Identifier: MIT */
/* A table of types for documents: what a unit of theirs takes, and an entry. */
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/figures/figures.h"
#include "model/figures/pointees.h"
#include "model/map/engine.h"
#include "tui/view/figures.h"

enum { TARGETS = 2, FIGURES = 7, UNIT = 2 };

static const char *const usual[] = {
	"map[int]int", "map[int]string", "map[string]int", "map[string]string", "map[string]bool",
	"map[string]struct{}", "map[string][]byte", "map[string]any", "map[int]bool",
	"map[int32]int32", "map[int64]int8", "map[int]*int", "map[[16]byte]int",
	"map[int]struct{ A int8; B int64; C int8 }", "map[int][128]byte", "map[int][129]byte",
};

unsigned types_usual(const char *const **list)
{
	*list = usual;
	return sizeof usual / sizeof *usual;
}

/* Of each target, behind the type's; in JSON they are in an object of its name. */
static const struct column type_column = { .title = "type", .field = "type", .left = true };
static const struct column figures[FIGURES] = {
	{ .field = "keysize" }, { .field = "elemsize" },
	[UNIT] = { .title = "", .field = "" }, { .title = "padding", .field = "padding" },
	{ .title = "full", .field = "about_bytes_full" },
	{ .title = "typical", .field = "about_bytes_typical" },
	{ .title = "led to", .field = "pointee_bytes" },
};

/* The session's own target, and amd64 or 386 where it is of the other word size. */
static const struct target *target_of(const struct session *s, unsigned i)
{
	const struct target *own = s->given.target;
	struct error unused;

	return (own->ptrsize == 8) == (i == 0) ? own : target_find(i ? "386" : "amd64", &unused);
}

/* The i-th type, the session's own first; NULL past the last. */
static const char *type_name(const struct session *s, unsigned i)
{
	const char *own = s->world.map.type->asked;

	if (i == 0)
		return own;
	for (unsigned k = 0; k < sizeof usual / sizeof *usual; k++)
		if (strcmp(usual[k], own) != 0 && --i == 0)
			return usual[k];
	return NULL;
}

/* A type may be too large for a target. */
static void put_target(struct row *r, const struct session *s, const char *name,
	const struct target *target)
{
	struct gotype_scope scope = session_scope(s);
	struct pointees led;
	struct error unused;
	struct maptype *t;
	struct pieces p;

	scope.target = target;
	t = maptype_new(name, &scope, &unused);

	for (int i = 0; i < FIGURES && !t; i++) {
		row_none(r);
		row_around(r, NULL, "–");
	}
	if (!t)
		return;
	row_count(r, t->keysize);
	row_count(r, t->elemsize);
	row_count(r, t->unit.size);
	p = pieces_make(t, 0);
	row_count(r, p.slot_padding);
	pieces_free(&p);
	row_real(r, figures_of_type(t)->each(t, 1), 1);
	row_real(r, figures_of_type(t)->each(t, 0.75), 1);
	pointees_of_entry(t, &led);
	row_count(r, led.bytes);
	maptype_free(t);
}

static void put_note(const struct session *s, struct sheet *out)
{
	const struct maptype *t = s->world.map.type;
	struct text *note = sheet_add_words(out, FOR_MARKDOWN, 0, 0, ROLE_NOTE);

	text_printf(note, "In bytes, Go %s, %s and %s. %s: of 8 slots. ", t->release->name,
		target_of(s, 0)->name, target_of(s, 1)->name, t->engine->words.unit);
	figures_of_type(t)->each_words(t->release, note);
	text_add(note, "\nled to: by the pointers of an entry, a value of its own each.");
}

static void name_columns(const struct session *s, struct sheet *out, struct sheet_table *t)
{
	const char *word = s->world.map.type->engine->words.unit;

	for (unsigned i = 0; i < TARGETS * FIGURES; i++) {
		const struct target *target = target_of(s, i / FIGURES);
		struct column *c = &t->columns[1 + i];
		bool unit = i % FIGURES == UNIT;
		char *field = xasprintf("%s.%s%s", target->name, unit ? word : c->field,
			unit ? "size" : ""), *title;

		sheet_keep(out, field, free);
		c->field = field;
		if (!unit)
			continue;
		title = xasprintf("%s, %u bit", word, 8 * target->ptrsize);
		sheet_keep(out, title, free);
		c->title = title;
	}
}

struct sheet_table *types_table(const struct session *s, struct sheet *out)
{
	struct column columns[1 + TARGETS * FIGURES] = { type_column };
	struct sheet_table *t;
	const char *name;

	for (unsigned i = 0; i < TARGETS; i++)
		memcpy(&columns[1 + i * FIGURES], figures, sizeof figures);
	t = sheet_table(out, "types", COLUMNS(columns));
	name_columns(s, out, t);
	for (unsigned i = 0; (name = type_name(s, i)) != NULL; i++) {
		struct row *r = table_row(t);

		row_code(r, name);
		for (unsigned k = 0; k < TARGETS; k++)
			put_target(r, s, name, target_of(s, k));
	}
	return t;
}

bool types_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	(void)err;
	types_table(now->session, out);
	put_note(now->session, out);
	return true;
}
