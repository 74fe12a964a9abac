/* SPDX-License-Identifier: MIT */
/* Stepping through single events: of operations, and of the lookup that followed the last one. */
#include "model/session/session.h"

const struct map_event *session_events(const struct session *s, size_t *count)
{
	if (!s->shown.probe_label)
		return session_trace(s, count);
	*count = s->shown.probe.count;
	return s->shown.probe.list;
}

size_t session_step(const struct session *s, size_t *total)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);

	*total = event_steps(list, n, n ? list[n - 1].looked : 0);
	return s->shown.inside ? event_steps(list, s->shown.events, s->shown.slots) : *total;
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
	if (n == 0 || (!s->shown.probe_label && events == n && slots == list[n - 1].looked))
		return;
	session_keep_due(s);
	s->shown.inside = true;
	s->shown.events = events;
	s->shown.slots = slots;
	/* A lookup changes nothing. */
	if (!s->shown.probe_label)
		journal_move(&s->world.journal, list[events - 1].journal);
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
			(unsigned long long)events, (unsigned long long)s->time.now, all);
	session_goto_step(s, (size_t)events);
	return true;
}

static bool step_forth(struct session *s, struct error *err)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);

	if (s->shown.inside && s->shown.slots < list[s->shown.events - 1].looked) {
		show(s, s->shown.events, s->shown.slots + 1);
		return true;
	}
	if (s->shown.inside && s->shown.events < n) {
		show(s, s->shown.events + 1, 0);
		return true;
	}
	/* A lookup is told as a whole at first; from there it is walked through. */
	if (s->shown.probe_label && !s->shown.inside) {
		show(s, 1, 0);
		return true;
	}
	if (s->time.now == s->time.total)
		return fail(err, "this is the end");
	if (!session_goto(s, s->time.now + 1, err))
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
	if (s->shown.inside) {
		events = s->shown.events;
		slots = s->shown.slots;
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
	if (s->shown.probe_label) {
		session_forget_probe(s);
		return true;
	}
	if (s->time.now <= session_first(s))
		return fail(err, "this is the beginning");
	return session_goto(s, s->time.now - 1, err);
}

bool session_step_event(struct session *s, bool forth, struct error *err)
{
	return forth ? step_forth(s, err) : step_back(s, err);
}
