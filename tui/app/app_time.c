/* SPDX-License-Identifier: MIT */
/* Going along the timeline. */
#include "tui/app/app_parts.h"

#include "tui/export/frames.h"
#include "tui/view/follow.h"

/*
 * Before its first operation, and between `map` and the `make` that follows, there is no map to
 * look at: on the way along the timeline such points are stepped over, never written over.
 */
bool app_step_over_nothing(struct session *s, uint64_t before, struct error *err)
{
	uint64_t from = s->time.now;

	if (s->shown.inside)
		return true;
	while (!s->world.map.header && s->time.now > 0 && s->time.now < before)
		if (!session_goto(s, s->time.now - 1, err))
			return false;
	while (!s->world.map.header && s->time.now < s->time.total)
		if (!session_goto(s, s->time.now + 1, err))
			return false;
	if (s->time.now != from && s->time.now == before)
		return fail(err, "this is the beginning");
	return session_ensure_map(s, err);
}

bool app_go(struct session *s, uint64_t to, struct error *err)
{
	uint64_t before = s->time.now;

	return session_goto(s, to, err) && app_step_over_nothing(s, before, err);
}

void app_step_event(struct app *a, bool forth)
{
	uint64_t before = a->s->time.now;
	struct error err;

	if (!session_step_event(a->s, forth, &err) || !app_step_over_nothing(a->s, before, &err))
		app_say(a, ROLE_WARNING, "%s", err.msg);
	follow_step(&a->look);
}

void app_jump(struct app *a, bool forth)
{
	struct session *s = a->s;
	uint64_t to = s->time.now, end = forth ? s->time.total : 0;
	bool there = s->time.now == end;
	struct error err;

	if (!session_landmark(s, forth, &to, &err) || !app_go(s, to, &err))
		app_say(a, ROLE_WARNING, "%s", err.msg);
	else if (there || to == 0 || (to == end && !frames_landmark(s)))
		app_say(a, ROLE_WARNING, forth ? "nothing more up to the end"
					   : "nothing more back to the beginning");
	follow_step(&a->look);
}

void app_speed(struct app *a, bool faster)
{
	if (faster && a->play.ms > PLAY_FASTEST)
		a->play.ms /= 2;
	if (!faster && a->play.ms < PLAY_SLOWEST)
		a->play.ms *= 2;
	app_say(a, ROLE_MESSAGE, "one operation each %d ms", a->play.ms);
}

/* One operation further, until the end. */
void app_play_on(struct app *a)
{
	struct error err;

	if (a->s->time.now == a->s->time.total || !app_go(a->s, a->s->time.now + 1, &err))
		a->play.on = false;
	follow_step(&a->look);
}
