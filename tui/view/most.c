/* SPDX-License-Identifier: MIT */
#include "tui/view/most.h"

enum { MIB = 1 << 20 };

static bool is_known(const struct session *s)
{
	return s->world.map.header && !s->source && !session_captured(s);
}

/* An operation that is half done is noted when it is over: it may hold the most already. */
static bool is_now(const struct session *s)
{
	return session_half_done(s) && s->world.heap.state.most_bytes > s->world.peak.bytes;
}

static struct peak most_of(const struct session *s)
{
	if (!is_now(s))
		return s->world.peak;
	return (struct peak){ .bytes = s->world.heap.state.most_bytes,
		.entries = map_count(&s->world.map) };
}

/* When that was. */
static void add_moment(const struct session *s, const struct peak *p, struct text *out)
{
	if (is_now(s))
		text_add(out, ", in this operation");
	else if (p->entries == 0)
		text_add(out, ", when it was made");
	else if (!p->growth)
		text_printf(out, ", with %s %s", count_text(p->entries).s,
			p->entries == 1 ? "entry" : "entries");
	else if (p->growth == p->entries)
		text_printf(out, ", at entry %s, which began a growth", count_text(p->entries).s);
	else
		text_printf(out, ", at entry %s, in the growth that entry %s began",
			count_text(p->entries).s, count_text(p->growth).s);
}

bool most_words(const struct session *s, struct text *out)
{
	struct peak p;

	if (!is_known(s))
		return false;
	p = most_of(s);
	text_printf(out, "%s bytes", count_text(p.bytes).s);
	if (p.bytes >= MIB)
		text_printf(out, " (%s MiB)", real_text((double)p.bytes / MIB, 1).s);
	text_add(out, " held at once");
	add_moment(s, &p, out);
	return true;
}

void most_facts(const struct session *s, struct sheet *out)
{
	struct peak p;

	if (!is_known(s))
		return;
	p = most_of(s);
	sheet_count(out, "most.bytes", p.bytes);
	sheet_count(out, "most.entries", p.entries);
	if (p.growth)
		sheet_count(out, "most.growth", p.growth);
	else
		sheet_null(out, "most.growth");
}

void most_sheet(const struct session *s, struct sheet *out)
{
	struct text line = { 0 };

	text_add(&line, "at most: ");
	if (most_words(s, &line))
		sheet_words(out, FOR_PEOPLE, 1, 2, ROLE_TEXT, text_str(&line));
	text_free(&line);
	most_facts(s, out);
}
