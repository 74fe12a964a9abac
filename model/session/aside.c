/* SPDX-License-Identifier: MIT */
/*
 * Asides: what was done besides the timeline, and left snapshots or captions that are still there.
 * A snapshot may have been taken in a future that was forgotten since, or in the past. So that
 * the session can be written as a script which takes them all, in their order, the lines that
 * led there and back are kept with the command that was the last one then.
 *
 * Law: a command's line, then its aside, lead to where the command as it is now leads.
 */
#include "model/session/command.h"

#include <stdlib.h>

#include "model/base/mem.h"

/*
 * Run again for another target, a command may find nothing to do, as when a growth is over
 * sooner. In a script that would be an error.
 */
static bool does_nothing(const char *text, uint64_t steps)
{
	struct error unused;
	const char *args;
	const struct command *c = command_find(text, &args, &unused);

	return steps == 0 && c && c->run != command_lookup &&
		(c->use == USE_RULES || c->run == command_first);
}

const char *behind_first(const char *text)
{
	const char *args = text;
	struct error unused;
	uint64_t n;

	if (!command_is(text, command_first) || !command_find(text, &args, &unused) ||
		!args_number(&args, UINT64_MAX, &n, &unused))
		return text;
	args_skip(&args);
	return args;
}

void aside_line(const struct entry *e, struct text *out)
{
	uint64_t steps = e->aside ? e->extent : e->steps;
	bool cut = e->aside ? e->extent_cut : e->cut;
	const char *text = e->told ? e->told : e->text;

	if (!does_nothing(text, steps)) {
		if (cut)
			text_printf(out, "first %llu ", (unsigned long long)steps);
		text_printf(out, "%s\n", cut ? behind_first(text) : text);
	}
	text_add(out, e->aside ? e->aside : "");
}

/*
 * Numbers that fitted where the command was given may be too large here, and stand for smaller
 * ones. A script that begins here has to name those.
 */
void aside_tell(struct session *s, const char *args, char *instead)
{
	struct entry *e;

	if (s->run.again && !s->run.replaying) {
		e = &s->time.entries[s->time.nentries - 1];
		free(e->told);
		e->told = xasprintf("%.*s%s", (int)(args - e->text), e->text, instead);
	}
	free(instead);
}

/* Adds lines to the aside of a command, NULL for the beginning. Takes them. */
static void add(struct session *s, struct entry *e, uint64_t steps, bool cut, char *lines)
{
	char **aside = e ? &e->aside : &s->time.aside, *was = *aside;

	if (e && !was) {
		e->extent = steps;
		e->extent_cut = cut;
	}
	*aside = was ? xasprintf("%s%s", was, lines) : lines;
	if (was) {
		free(was);
		free(lines);
	}
}

/* A line for a point of the past, so many steps back. */
static char *excursion(uint64_t back, const char *text)
{
	if (back == 0)
		return xasprintf("%s\n", text);
	return xasprintf("undo %llu\n%s\nredo %llu\n", (unsigned long long)back, text,
		(unsigned long long)back);
}

void aside_remark(struct session *s, const char *text)
{
	struct entry *e = s->time.nentries ? &s->time.entries[s->time.nentries - 1] : NULL;

	add(s, e, e ? e->steps : 0, e && e->cut, excursion(s->time.total - s->time.now, text));
}

void aside_future(struct session *s, const struct future *f)
{
	struct entry *e = f->kept ? &s->time.entries[f->kept - 1] : NULL;
	uint64_t back = e ? f->steps - e->steps : 0;
	struct text lines = { 0 };
	/* The snapshots of a file that were gone back over stay, too. */
	bool needed = back && command_is(behind_first(e->text), command_open);

	for (size_t i = 0; i < f->nentries; i++) {
		needed |= f->entries[i].aside || command_is(f->entries[i].text, command_snapshot);
		aside_line(&f->entries[i], &lines);
	}
	if (needed) {
		text_printf(&lines, "undo %llu\n", (unsigned long long)(f->total - f->now));
		add(s, e, f->steps, f->cut, xstrdup(text_str(&lines)));
	} else if (back && e->aside) {
		add(s, e, 0, false, xasprintf("undo %llu\n", (unsigned long long)back));
	}
	text_free(&lines);
}

/* The remarks of one command, in the order in which they were taken again. */
static void again(struct session *s, struct entry *e, size_t number)
{
	uint64_t made = e ? e->steps : 0;

	for (uint64_t done = 0, next = 0; next != UINT64_MAX; done = next + 1) {
		next = UINT64_MAX;
		for (size_t i = 0; i < s->time.nremarks; i++) {
			const struct remark *r = &s->time.remarks[i];
			uint64_t at = r->steps < made ? r->steps : made;

			if (r->entry == number && at >= done && at < next)
				next = at;
		}
		for (size_t i = 0; next != UINT64_MAX && i < s->time.nremarks; i++) {
			const struct remark *r = &s->time.remarks[i];

			if (r->entry == number && (r->steps < made ? r->steps : made) == next)
				add(s, e, made, e && e->cut, excursion(made - next, r->text));
		}
	}
}

void aside_again(struct session *s, size_t entry)
{
	struct entry *e = entry ? &s->time.entries[entry - 1] : NULL;
	char **aside = e ? &e->aside : &s->time.aside;

	free(*aside);
	*aside = NULL;
	if (s->time.nremarks)
		again(s, e, entry);
}
