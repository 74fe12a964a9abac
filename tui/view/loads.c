/* SPDX-License-Identifier: MIT */
#include "tui/view/loads.h"

#include <string.h>

#include "model/session/loads.h"
#include "tui/canvas/wrap.h"

enum { COLUMN = 11, LINE = 100 };

static void put_note(const struct session *s, struct text *out)
{
	text_printf(out,
		"%s on %s, %u buckets filled with generated keys. load: entries for each bucket. "
		"%% overflow: of the buckets have an overflow bucket. bytes: on top of key and "
		"elem. hit, miss: entries that a lookup passes on average. At %.1f the map grows.",
		s->world.map.type->asked, s->given.target->name, 1u << LOADS_B,
		s->given.release->load_num / 2.0);
}

/* Lines of at most LINE columns. */
static void print_words(const char *words, FILE *out)
{
	for (size_t column = 0; *words;) {
		size_t n = strcspn(words, " ");

		if (column + 1 + n > LINE) {
			putc('\n', out);
			column = 0;
		}
		column += (size_t)fprintf(out, "%s%.*s", column ? " " : "", (int)n, words);
		words += n + (words[n] == ' ');
	}
	putc('\n', out);
}

bool loads_table(struct session *s, FILE *out, struct error *err)
{
	const struct loads *l = session_loads(s, err);
	struct text note = { 0 };

	if (!l)
		return false;
	fputs("| load | % overflow | bytes for each entry | hit | miss |\n"
	      "|--:|--:|--:|--:|--:|\n", out);
	for (unsigned i = 0; i < l->count; i++)
		fprintf(out, "| %.2f | %.2f | %.2f | %.2f | %.2f |\n", l->rows[i].load,
			l->rows[i].overflow, l->rows[i].bytes, l->rows[i].hit, l->rows[i].miss);
	putc('\n', out);
	put_note(s, &note);
	print_words(text_str(&note), out);
	text_free(&note);
	return true;
}

static void put_row(const struct pane *p, int y, const struct load_row *row)
{
	const double figures[] = { row->load, row->overflow, row->bytes, row->hit, row->miss };

	for (int i = 0; i < 5; i++) {
		struct text figure = { 0 };

		text_printf(&figure, "%.2f", figures[i]);
		pane_right(p, (i + 1) * COLUMN - 3, y, i ? ROLE_VALUE : ROLE_INDEX,
			text_str(&figure));
		text_free(&figure);
	}
}

int view_loads(struct session *s, const struct pane *p)
{
	static const char *const names[] = { "load", "% overflow", "bytes", "hit", "miss" };
	struct text note = { 0 };
	struct error err;
	const struct loads *l = session_loads(s, &err);
	int y = 0;

	if (!l)
		return wrap_text(p, 0, 0, ROLE_WARNING, err.msg);
	for (int i = 0; i < 5; i++)
		pane_right(p, (i + 1) * COLUMN - 3, y, ROLE_TITLE, names[i]);
	for (unsigned i = 0; i < l->count; i++)
		put_row(p, ++y, &l->rows[i]);
	y += 2;
	put_note(s, &note);
	y += wrap_text(p, y, 0, ROLE_NOTE, text_str(&note));
	text_free(&note);
	return y;
}
