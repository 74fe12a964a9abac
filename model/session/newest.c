/* SPDX-License-Identifier: MIT */
#include "model/session/newest.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/figures/swiss/expect.h"
#include "model/session/beside.h"

/* Operations that are run again: between two pictures, and for a page. */
enum { QUICK_MOST = 5000, PATIENT_MOST = 200000 };

/* Good for one point of one timeline. */
struct newest_kept {
	struct newest newest;
	const struct target *target;
	uint64_t edition, now;
	bool filled;
};

struct newest_kept *newest_new(void)
{
	return xcalloc(1, sizeof(struct newest_kept));
}

void newest_free(struct newest_kept *kept)
{
	free(kept);
}

static bool take_run(const struct session *s, struct newest *n)
{
	struct course course;
	struct session beside;
	struct error unused;
	bool ok = course_take(s, s->time.now, &course, &unused) &&
		beside_open(s, n->release, false, &beside, &unused);

	if (ok) {
		ok = beside_run(&beside, &course, &unused);
		if (ok)
			n->bytes = map_reached(&beside.world.map).bytes;
		session_close(&beside);
	}
	course_free(&course);
	return ok;
}

static void take(const struct session *s, bool patient, struct newest *n)
{
	uint64_t most = patient ? PATIENT_MOST : QUICK_MOST;
	struct gotype_scope scope = session_scope(s);
	struct maptype *t;
	struct error unused;

	*n = (struct newest){ .release = release_newest() };
	if (s->time.now <= most && take_run(s, n))
		return;
	n->about = true;
	scope.release = n->release;
	t = maptype_new(s->world.map.type->asked, &scope, &unused);
	if (t)
		n->bytes = expect_map(t, s->world.hint, map_count(&s->world.map)).in_use.bytes;
	maptype_free(t);
}

bool session_newest(const struct session *s, bool patient, struct newest *out)
{
	struct newest_kept *k = s->desk.newest;

	if (s->given.release_chosen || !s->world.map.header)
		return false;
	if (!k->filled || k->edition != s->time.edition || k->now != s->time.now ||
		k->target != s->given.target || (patient && k->newest.about)) {
		take(s, patient, &k->newest);
		k->edition = s->time.edition;
		k->now = s->time.now;
		k->target = s->given.target;
		k->filled = true;
	}
	*out = k->newest;
	return out->bytes > 0;
}

void newest_words(const struct newest *n, bool brief, struct text *out)
{
	if (brief)
		text_printf(out, "--go %s: %s%s B", n->release->name, n->about ? "≈" : "",
			count_text(n->bytes).s);
	else
		text_printf(out, "Go %s would take %s%s B: --go %s", n->release->name,
			n->about ? "about " : "", count_text(n->bytes).s, n->release->name);
}
