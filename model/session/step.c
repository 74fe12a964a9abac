/* SPDX-License-Identifier: MIT */
/* Stepping through single events: of operations, and of the lookup that followed the last one. */
#include "model/session/session.h"

const struct map_event *session_events(const struct session *s, size_t *count)
{
	if (!s->probe_label)
		return session_trace(s, count);
	*count = s->probe.count;
	return s->probe.list;
}

size_t session_step(const struct session *s, size_t *total)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);

	*total = event_steps(list, n, n ? list[n - 1].looked : 0);
	return s->inside ? event_steps(list, s->inside_events, s->inside_slots) : *total;
}

/*
 * Shows the first `events` events, the last one with only `slots` of its slots. An operation
 * with all of them is one that is done; a lookup that was walked through stays at its end.
 */
static void show(struct session *s, size_t events, unsigned slots)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);

	session_whole(s);
	if (n == 0 || (!s->probe_label && events == n && slots == list[n - 1].looked))
		return;
	s->inside = true;
	s->inside_events = events;
	s->inside_slots = slots;
	/* A lookup changes nothing. */
	if (!s->probe_label)
		journal_move(&s->journal, list[events - 1].journal);
}

void session_goto_step(struct session *s, size_t step)
{
	size_t n, i = 0;
	const struct map_event *list = session_events(s, &n);

	while (event_steps(list, i + 1, list[i].looked) < step)
		i++;
	show(s, i + 1, (unsigned)(step - event_steps(list, i + 1, 0)));
}

bool session_goto_event(struct session *s, uint64_t events, struct error *err)
{
	size_t all;

	session_forget_probe(s);
	session_step(s, &all);
	if (events == 0 || events > all)
		return fail(err, "there is no event %llu: op %llu has %zu",
			(unsigned long long)events,
			(unsigned long long)s->now, all);
	session_goto_step(s, (size_t)events);
	return true;
}

static bool step_forth(struct session *s, struct error *err)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);

	if (s->inside && s->inside_slots < list[s->inside_events - 1].looked) {
		show(s, s->inside_events, s->inside_slots + 1);
		return true;
	}
	if (s->inside && s->inside_events < n) {
		show(s, s->inside_events + 1, 0);
		return true;
	}
	/* A lookup is told as a whole at first; from there it is walked through. */
	if (s->probe_label && !s->inside) {
		show(s, 1, 0);
		return true;
	}
	if (s->now == s->total)
		return fail(err, "this is the end");
	if (!session_goto(s, s->now + 1, err))
		return false;
	show(s, 1, 0);
	return true;
}

static bool step_back(struct session *s, struct error *err)
{
	size_t n, events;
	const struct map_event *list = session_events(s, &n);
	unsigned slots = n ? list[n - 1].looked : 0;

	events = n;
	if (s->inside) {
		events = s->inside_events;
		slots = s->inside_slots;
	}
	if (slots > 0) {
		show(s, events, slots - 1);
		return true;
	}
	if (events > 1) {
		show(s, events - 1, list[events - 2].looked);
		return true;
	}
	session_whole(s);
	if (s->probe_label) {
		session_forget_probe(s);
		return true;
	}
	if (s->now <= session_first(s))
		return fail(err, "this is the beginning");
	return session_goto(s, s->now - 1, err);
}

bool session_step_event(struct session *s, bool forth, struct error *err)
{
	return forth ? step_forth(s, err) : step_back(s, err);
}
