/* SPDX-License-Identifier: MIT */
#include "model/session/stand.h"

struct stand stand_of(const struct session *s)
{
	size_t all;

	return (struct stand){ .point = s->time.now, .lookup = s->shown.probe_label != NULL,
		.step = s->shown.inside ? session_step(s, &all) : 0 };
}

bool stand_back(struct session *s, const struct stand *at, struct error *err)
{
	if (!session_goto(s, at->point, err))
		return false;
	if (!at->lookup)
		return !at->step || session_goto_event(s, at->step, err);
	if (!stand_look(s, at->point, s->time.nentries, err))
		return false;
	if (at->step && s->shown.probe_label)
		session_goto_step(s, at->step);
	return true;
}

const struct entry *stand_lookup(const struct session *s, uint64_t point, size_t *entry)
{
	for (; *entry < s->time.nentries; ++*entry) {
		const struct entry *e = &s->time.entries[*entry];

		if (e->first > point || (e->first == point && e->steps > 0))
			return NULL;
		if (e->first < point || !s->world.map.header || !session_is_lookup(e))
			continue;
		++*entry;
		return e;
	}
	return NULL;
}

bool stand_look(struct session *s, uint64_t point, size_t entries, struct error *err)
{
	for (size_t i = entries < s->time.nentries ? entries : s->time.nentries;
		i-- > 0 && s->time.entries[i].first >= point;)
		if (s->time.entries[i].first == point && session_is_lookup(&s->time.entries[i]))
			return session_look_again(s, &s->time.entries[i], err);
	return true;
}
