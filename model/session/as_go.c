/* SPDX-License-Identifier: MIT */
#include "model/session/as_go.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/session/beside.h"

/* Tried in a session beside it: what refuses, refuses there. */
static bool try_beside(const struct session *s, const struct release *r, const struct course *c,
	struct error *err)
{
	struct session trial;
	bool ok;

	if (!beside_open(s, r, false, &trial, err))
		return false;
	ok = beside_run(&trial, c, err);
	session_close(&trial);
	return ok;
}

/* With elems, or where one is no literal without. */
static bool take_course(const struct session *s, const struct release *r, struct course *c,
	struct error *err)
{
	for (int elems = 1; elems >= 0; elems--) {
		if (!course_take_entries(s, c, elems, err))
			return false;
		if (try_beside(s, r, c, err))
			return true;
		course_free(c);
	}
	return false;
}

/* The session is closed, and opened again in its place; it is known that this goes well. */
static bool replace(struct session *s, const struct release *r, const struct course *c,
	struct error *err)
{
	char *type = xstrdup(s->given.first_type), *of = xstrdup(session_captured(s) ?
		session_captured(s) : session_file(s));
	struct declared declared = { 0 };
	const struct session_options o = { .type = type, .arch = s->given.target->name,
		.release = r->name, .seed = s->given.seed, .declared = &declared, .history = true };
	struct hooks hooks = s->hooks;
	struct access access = s->access;
	bool keep = s->desk.keep_json, ok;

	if (s->given.declared)
		declared_copy(&declared, s->given.declared);
	session_close(s);
	ok = session_open(s, &o, err);
	declared_free(&declared);
	free(type);
	s->hooks = hooks;
	s->access = access;
	s->desk.keep_json = keep;
	s->given.anew_of = of;
	return ok && beside_run(s, c, err);
}

bool session_lay_anew(struct session *s, const char *release, struct error *err)
{
	const struct release *r = release_find(release, err);
	struct course course = { 0 };
	bool ok;

	if (!r)
		return false;
	if (!session_opened(s))
		return fail(err, "the map is not as it was opened");
	ok = take_course(s, r, &course, err) && replace(s, r, &course, err);
	course_free(&course);
	return ok;
}
