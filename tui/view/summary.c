/* SPDX-License-Identifier: MIT */
#include "tui/view/summary.h"

#include <stdarg.h>
#include <stdlib.h>

#include "model/map/engine.h"
#include "tui/view/design.h"

void summary_row(const struct summary *r, const char *name, const char *format, ...)
{
	va_list ap;

	fprintf(r->out, r->markdown ? "| %s | " : "%s: ", name);
	va_start(ap, format);
	vfprintf(r->out, format, ap);
	va_end(ap);
	fputs(r->markdown ? " |\n" : "\n", r->out);
}

static void memory_rows(const struct summary *r, const struct session *s)
{
	const struct map *m = &s->world.map;
	const struct heap_state *h = &s->world.heap.state;
	struct account reached = map_reached(m);
	unsigned long long count = design_of(m)->count(m);

	summary_row(r, "in use", "%llu bytes in %llu objects", (unsigned long long)reached.bytes,
		(unsigned long long)reached.objects);
	summary_row(r, "allocated", "%llu bytes in %llu objects", (unsigned long long)h->alloc_bytes,
		(unsigned long long)h->alloc_objects);
	if (count > 0)
		summary_row(r, "bytes for each entry", "%.1f", (double)reached.bytes / (double)count);
}

static void all_rows(const struct summary *r, const struct session *s)
{
	const struct maptype *t = s->world.map.type;

	summary_row(r, "type", r->markdown ? "`%s`" : "%s", t->asked);
	summary_row(r, "target", "%s, Go %s, %s, %s hash", s->given.target->name,
		s->given.release->name, t->engine->name,
		s->given.family == HASH_AES ? "AES" : "portable");
	design_of(&s->world.map)->summary(r, s);
	memory_rows(r, s);
}

void summary_text(const struct session *s, FILE *out)
{
	struct summary r = { .out = out };

	all_rows(&r, s);
	if (target_hash_note(s->given.target, s->given.family))
		summary_row(&r, "note", "%s: %s", s->given.target->name, target_hash_note(s->given.target,
			s->given.family));
}

void summary_markdown(const struct session *s, FILE *out)
{
	struct summary r = { .out = out, .markdown = true };

	fprintf(out, "| map | |\n|---|---|\n");
	all_rows(&r, s);
	if (target_hash_note(s->given.target, s->given.family))
		fprintf(out, "\n%s: %s.\n", s->given.target->name, target_hash_note(s->given.target,
			s->given.family));
}
