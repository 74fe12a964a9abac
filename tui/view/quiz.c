/* SPDX-License-Identifier: MIT */
#include "tui/view/quiz.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/map/units.h"
#include "model/session/stand.h"
#include "tui/view/design.h"

const char *const quiz_yes[] = { "no", "yes", NULL };

static void forget_questions(struct quiz *q)
{
	for (unsigned i = 0; i < q->count; i++) {
		text_free(&q->list[i].asks);
		text_free(&q->list[i].because);
	}
	q->count = 0;
	text_free(&q->label);
}

void quiz_free(struct quiz *q)
{
	forget_questions(q);
	*q = (struct quiz){ 0 };
}

static struct question *add(struct quiz *q, const struct question *n)
{
	q->list[q->count] = *n;
	return &q->list[q->count++];
}

struct question *quiz_words(struct quiz *q, const char *const *words, unsigned answer)
{
	return add(q, &(struct question){ .words = words, .answer = answer });
}

struct question *quiz_number(struct quiz *q, const char *what, uint64_t answer, uint64_t least,
	uint64_t most)
{
	return add(q, &(struct question){ .what = what, .answer = answer, .least = least,
		.most = most });
}

const struct map_event *quiz_event(const struct quiz *q, unsigned kind)
{
	for (size_t i = q->nevents; i-- > 0;)
		if (q->events[i].kind == kind)
			return &q->events[i];
	return NULL;
}

unsigned quiz_events(const struct quiz *q, unsigned kind)
{
	unsigned n = 0;

	for (size_t i = 0; i < q->nevents; i++)
		n += q->events[i].kind == kind;
	return n;
}

void quiz_add_bits(struct text *out, uint64_t value, unsigned from, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		text_addc(out, value >> (from - i) & 1 ? '1' : '0');
}

static bool has_one_array(const struct map *m)
{
	struct units units = { 0 };
	bool one;

	units_read(&units, m);
	one = units.main == 1;
	units_free(&units);
	return one;
}

/* Where it starts is told, as it is drawn; whether that is where it begins can be seen. */
static void ask_start(const struct session *s, struct quiz *q)
{
	const struct range_design *range = design_of(&s->world.map)->range;
	bool there = range->at_start(&s->world.map, q->events, q->nevents);
	struct question *n = quiz_words(q, quiz_yes, there);

	text_add(&n->asks, "The loop ");
	range->start(&n->asks, s, event_range(q->events, q->nevents));
	/* But for its "; ". */
	n->asks.s[n->asks.len -= 2] = '\0';
	text_add(&n->asks, ": does an entry come that lies just there?");
	text_add(&n->because, there ? "That slot holds an entry of the loop."
		: "That slot holds none: the loop goes on from slot to slot, and round.");
}

/* How many entries come before it is over. */
static void ask_came(const struct session *s, struct quiz *q)
{
	const struct range_walk w = story_range_sum(s, q->events, q->nevents);
	struct question *n = quiz_number(q, NULL, w.came - w.first, 0, QUIZ_ANY);

	text_add(&n->asks, w.first ? "How many more entries come before the loop is over?"
		: "How many entries come before the loop is over?");
	if (w.first)
		text_printf(&n->because, "%s came before. What is deleted meanwhile does not come, "
			"what is new may.", count_text(w.first).s);
	else
		text_add(&n->because, "Each entry of the map, and each once.");
}

static void ask_range(const struct session *s, struct quiz *q)
{
	const struct map_event *begin = event_range(q->events, q->nevents);
	bool empty = begin->kind == EVENT_RANGE && begin->range.start == RANGE_EMPTY;

	if (begin->kind == EVENT_RANGE && !empty && has_one_array(&s->world.map))
		ask_start(s, q);
	if (s->world.map.loop.over && !empty)
		ask_came(s, q);
}

static void ask_collected(struct quiz *q, const struct map_event *gc)
{
	struct question *n = quiz_words(q, quiz_yes, gc->gc.objects > 0);

	text_add(&n->asks, "Has the map given up anything that is collected now?");
	if (gc->gc.objects)
		text_printf(&n->because, "%s object%s of %s bytes that it does not lead to.",
			count_text(gc->gc.objects).s, gc->gc.objects == 1 ? "" : "s",
			count_text(gc->gc.bytes).s);
	else
		text_add(&n->because, "It still leads to all that it has allocated.");
}

/* Of a map that was made from another one, when all entries are in it. */
static void ask_anew(struct quiz *q, const struct map_event *anew)
{
	static const char *const words[] = { "less", "the same", "more", NULL };
	uint64_t before = anew->anew.before, after = anew->anew.after;
	struct question *n = quiz_words(q, words, after < before ? 0 : after == before ? 1 : 2);

	text_add(&n->asks, "The new map has all entries then: does it take less than the one "
		"before, the same, or more?");
	text_printf(&n->because, "%s bytes before, %s now.", count_text(before).s,
		count_text(after).s);
}

/* What is asked of any design; true when that is all there is to ask. */
static bool ask_any(const struct session *s, struct quiz *q)
{
	const struct map_event *gc = quiz_event(q, EVENT_GC), *anew = quiz_event(q, EVENT_ANEW);

	if (event_range(q->events, q->nevents))
		ask_range(s, q);
	else if (gc)
		ask_collected(q, gc);
	else if (anew)
		ask_anew(q, anew);
	else
		return quiz_event(q, EVENT_COPY) != NULL;
	return true;
}

static void ask(const struct session *s, struct quiz *q)
{
	const struct quiz_design *d = design_of(&s->world.map)->quiz;
	const struct map *m = &s->world.map;
	const struct map_event *claim = quiz_event(q, EVENT_CLAIM);
	const struct map_event *write = claim ? claim : quiz_event(q, EVENT_UPDATE);
	const struct map_event *make = quiz_event(q, EVENT_MAKE);
	const struct map_event *gone = quiz_event(q, EVENT_DELETE);

	if (ask_any(s, q))
		return;
	if (make)
		d->make(m, q, make);
	else if (s->shown.probe_label)
		d->lookup(m, q);
	else if (write)
		d->write(m, q, write);
	else if (gone || quiz_event(q, EVENT_MISS))
		d->delete(m, q, gone);
	else if (quiz_event(q, EVENT_CLEAR))
		d->clear(m, q);
	d->moved(m, q);
}

/* Of what the session stands behind. */
static void question(struct session *s, struct quiz *q)
{
	const char *label = story_done(s);

	q->events = session_events(s, &q->nevents);
	if (label && q->nevents && s->world.map.header) {
		story_label(&q->label, label);
		ask(s, q);
	}
	q->events = NULL;
	q->nevents = 0;
}

/* The command that makes the point behind that one; NULL when none does. */
static const struct entry *entry_behind(const struct session *s, uint64_t point)
{
	size_t low = 0, high = s->time.nentries;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct entry *e = &s->time.entries[middle];

		if (e->first + e->steps <= point)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->time.nentries ? &s->time.entries[low] : NULL;
}

/* The first point from that one on whose step is worth a question. */
static uint64_t worth_it(const struct session *s, uint64_t point)
{
	for (; point < s->time.total; point++) {
		const struct entry *e = entry_behind(s, point);

		if (!e || point == e->first || point + 1 == e->first + e->steps ||
			landmarks_between(&s->time.landmarks, point + 1, point + 3))
			break;
	}
	return point;
}

bool quiz_show(struct session *s, const struct quiz *q, struct error *err)
{
	if (s->time.now != q->point && !session_goto(s, q->point, err))
		return false;
	if (q->lookup)
		return session_look_again(s, &s->time.entries[q->lookup - 1], err);
	return session_goto(s, q->point + 1, err);
}

/* Does the step, asks what there is to ask, and takes it back. */
static bool look(struct session *s, struct quiz *q, struct error *err)
{
	forget_questions(q);
	if (!quiz_show(s, q, err))
		return false;
	question(s, q);
	session_forget_probe(s);
	return session_goto(s, q->point, err);
}

/* To the next step, whatever it is: the lookups of a point come before what leads on from it. */
static bool next_step(struct session *s, struct quiz *q, bool here, struct error *err)
{
	q->lookup = 0;
	if (stand_lookup(s, q->point, &q->seen)) {
		q->lookup = q->seen;
		return true;
	}
	if (!here)
		q->point = worth_it(s, q->point);
	return q->point < s->time.total && session_goto(s, q->point, err);
}

bool quiz_ask(struct session *s, struct quiz *q, bool here, struct error *err)
{
	uint64_t home = s->time.now;
	size_t all;

	err->msg[0] = '\0';
	/* Half an operation is behind its beginning. */
	if (session_half_done(s) && session_step(s, &all) < all)
		home -= home > 0;
	session_whole(s);
	if (home != q->point || !q->lookup)
		q->seen = 0;
	q->point = home;
	while (next_step(s, q, here, err)) {
		if (!look(s, q, err))
			return false;
		if (here || q->count)
			return true;
		if (!q->lookup)
			q->point++;
	}
	forget_questions(q);
	return false;
}

void quiz_put_answer(const struct question *n, struct text *out)
{
	if (n->words)
		text_add(out, n->words[n->answer]);
	else
		text_printf(out, "%s%s%llu", n->what ? n->what : "", n->what ? " " : "",
			(unsigned long long)n->answer);
}

/* "no or yes", "0 to 7" */
static void put_choice(const struct question *n, struct text *out)
{
	for (size_t i = 0; n->words && n->words[i]; i++)
		text_printf(out, "%s%s", !i ? "" : n->words[i + 1] ? ", " : " or ", n->words[i]);
	if (!n->words && n->most == QUIZ_ANY)
		text_add(out, "a number");
	else if (!n->words)
		text_printf(out, "%llu to %llu", (unsigned long long)n->least,
			(unsigned long long)n->most);
}

void quiz_put_question(const struct question *n, struct text *out)
{
	text_printf(out, "%s (", text_str(&n->asks));
	put_choice(n, out);
	text_add(out, ")");
}

/* A word, or the first letters of one alone; -1: none. */
static int find_word(const struct question *n, const char *typed, size_t len)
{
	int found = -1;

	for (int i = 0; n->words[i]; i++) {
		if (strncasecmp(n->words[i], typed, len) != 0)
			continue;
		if (found >= 0)
			return -1;
		found = i;
	}
	return found;
}

/* A number; the word for what it numbers may stand before it. */
static bool read_number(const struct question *n, const char *typed, uint64_t *value)
{
	size_t what = n->what ? strlen(n->what) : 0;
	char *end;

	if (what && strncasecmp(typed, n->what, what) == 0)
		typed += what + strspn(typed + what, " \t");
	if (!isdigit((unsigned char)*typed))
		return false;
	errno = 0;
	*value = strtoull(typed, &end, 10);
	return errno == 0 && end[strspn(end, " \t")] == '\0';
}

static enum quiz_result unreadable(const struct question *n, const char *typed, bool number,
	struct text *out)
{
	text_add(out, number ? "That cannot be: " : "No answer: ");
	text_printf(out, "\"%.30s\". It is one of: ", typed);
	put_choice(n, out);
	text_add(out, "; Enter alone shows it.");
	return QUIZ_UNREADABLE;
}

enum quiz_result quiz_answer(const struct question *n, const char *typed, struct text *out)
{
	static const char *const said[] = { "The answer: ", "Right: ", "Not quite: " };
	enum quiz_result result = QUIZ_TOLD;
	size_t len;

	typed += strspn(typed, " \t");
	len = strlen(typed);
	while (len && strchr(" \t.!?", typed[len - 1]))
		len--;
	if (len && n->words) {
		int word = find_word(n, typed, len);

		if (word < 0)
			return unreadable(n, typed, false, out);
		result = (uint64_t)word == n->answer ? QUIZ_RIGHT : QUIZ_OTHER;
	} else if (len) {
		uint64_t value;
		bool number = read_number(n, typed, &value);

		if (!number || value < n->least || value > n->most)
			return unreadable(n, typed, number, out);
		result = value == n->answer ? QUIZ_RIGHT : QUIZ_OTHER;
	}
	text_add(out, said[result]);
	quiz_put_answer(n, out);
	text_printf(out, ". %s", text_str(&n->because));
	return result;
}
