/* SPDX-License-Identifier: MIT */
#include "tests/model/states.h"

#include <dirent.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/session/script.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static const char folder[] = "tests/recordings";

unsigned long each_point(struct session *s, const char *where, visit *f, void *data)
{
	unsigned long n = 0;
	struct error err;

	for (uint64_t p = 0; p <= s->time.total; p++) {
		char at[256];

		if (!session_goto(s, p, &err))
			fail_msg("%s: %s", where, err.msg);
		if (!s->world.map.header)
			continue;
		snprintf(at, sizeof at, "%s, point %llu", where, (unsigned long long)p);
		if (!f(s, at, data))
			fail_msg("%s", at);
		n++;
	}
	return n;
}

/* The release that a recording was made with. */
static char *recorded_release(const char *script)
{
	char *path = xasprintf("%.*s.json", (int)(strlen(script) - strlen(".hm")), script);
	json_error_t err;
	json_t *json = json_load_file(path, 0, &err);
	char *release;

	if (!json)
		fail_msg("%s: %s", path, err.text);
	release = xstrdup(json_string_value(json_object_get(json, "go")));
	json_decref(json);
	free(path);
	return release;
}

static unsigned long each_of_script(const char *script, visit *f, void *data)
{
	char *release = recorded_release(script);
	struct session_options o = { .seed = SESSION_SEED, .release = release, .history = true };
	struct session s;
	struct error err;
	unsigned long n;

	if (!session_open(&s, &o, &err) || !script_run(&s, script, &err))
		fail_msg("%s: %s", script, err.msg);
	n = each_point(&s, script, f, data);
	session_close(&s);
	free(release);
	return n;
}

static int is_script(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return n > 3 && strcmp(d->d_name + n - 3, ".hm") == 0;
}

unsigned long each_recorded(visit *f, void *data)
{
	struct dirent **list;
	unsigned long n = 0;
	int files = scandir(folder, &list, is_script, alphasort);

	for (int i = 0; i < files; i++) {
		char *path = xasprintf("%s/%s", folder, list[i]->d_name);

		n += each_of_script(path, f, data);
		free(path);
		free(list[i]);
	}
	if (files >= 0)
		free(list);
	return n;
}

static const char *const types[] = { "map[int]string", "map[string]int", "map[uint8]struct{}",
	"map[float64]int8", "map[any]string", "map[[2]string][]int", "map[int64][200]byte",
	"map[[150]byte]int", "map[struct{ A int8; B int32; C int8 }]*int", "map[int32]int16" };

/* Runs of keys that overlap, so that there is something to delete and to overwrite. */
static void random_line(struct rig_dice *d, struct session *s)
{
	unsigned from = (unsigned)rig_below(d, 120), to = from + (unsigned)rig_below(d, 90);
	struct error unused;
	char line[64] = "gc";

	switch (rig_below(d, 12)) {
	case 0:
		snprintf(line, sizeof line, rig_below(d, 4) ? "range %u" : "clear",
			1 + (unsigned)rig_below(d, 40));
		break;
	case 1:
		snprintf(line, sizeof line, "make %u", (unsigned)rig_below(d, 250));
		break;
	case 2:
		snprintf(line, sizeof line, "collide 0 %u", 1 + (unsigned)rig_below(d, 20));
		break;
	case 3:
	case 4:
	case 5:
	case 6:
		snprintf(line, sizeof line, "delete %u..%u", from, to);
		break;
	case 7:
		break;
	default:
		snprintf(line, sizeof line, "insert %u..%u", from, to);
	}
	/* Keys may run out: then there are as many points fewer. */
	session_run(s, line, &unused);
}

static unsigned long random_run(unsigned run, const char *arch, const char *release, visit *f,
	void *data)
{
	struct rig_dice d = { .state = run + 1 };
	const char *type = types[run % LENGTH(types)];
	unsigned long n;
	struct session s;
	char where[128];

	rig_open_go(&s, type, arch, release, true);
	for (int i = 0; i < 14; i++)
		random_line(&d, &s);
	snprintf(where, sizeof where, "run %u, %s, %s, Go %s", run, type, arch,
		s.given.release->name);
	n = each_point(&s, where, f, data);
	session_close(&s);
	return n;
}

unsigned long each_random(const char *arch, unsigned runs, visit *f, void *data)
{
	unsigned long n = 0;

	for (unsigned run = 0; run < runs; run++)
		n += random_run(run, arch, NULL, f, data);
	return n;
}

const char *const swiss_releases[SWISS_RELEASES] = { "1.24", "1.25", "1.26", "1.27",
	"1.27-X:mapsplitgroup" };

unsigned long each_random_swiss(unsigned runs, visit *f, void *data)
{
	static const char *const archs[] = { "amd64", "386", "s390x", "mips" };
	unsigned long n = 0;

	/* Neither number is a multiple of how many types there are. */
	for (unsigned run = 0; run < runs; run++)
		n += random_run(run, archs[run / 3 % LENGTH(archs)],
			swiss_releases[run / 7 % SWISS_RELEASES], f, data);
	return n;
}
