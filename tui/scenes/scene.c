/* SPDX-License-Identifier: MIT */
#include "tui/scenes/scene.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "config/carried.h"
#include "config/share.h"
#include "model/base/mem.h"
#include "model/base/nearest.h"
#include "model/session/script.h"

enum { NUMBER_WIDTH = 3, NAME_WIDTH = 14 };

static const struct share files = { "scenes", "tui/scenes", ".hm" };

/* Where a scene's file lies, to be freed; one that is a link lies where that leads. */
static char *scene_folder(const char *path)
{
	char *real = realpath(path, NULL), *folder = access_folder(real ? real : path);

	free(real);
	return folder;
}

static FILE *open_scene(const char *path)
{
	const struct carried *carried = carried_find(path);
	char *folder = carried ? NULL : scene_folder(path);
	struct access access = { ASKER_SCENE, .folder = folder };
	struct error unused;
	FILE *in = carried ? carried_open(carried) : access_open(&access, path, &unused);

	free(folder);
	return in;
}

/* Number and title from the first line; a scene without them is one all the same. */
static void read_title(struct scene *scene)
{
	char *path = share_find(&files, scene->name), line[256] = "", *at = line, *end;
	FILE *in = path ? open_scene(path) : NULL;
	struct text title = { 0 };

	free(path);
	if (in && !fgets(line, sizeof line, in))
		line[0] = '\0';
	if (in)
		fclose(in);
	at += strspn(at, "# \t");
	at[strcspn(at, "\r\n")] = '\0';
	scene->number = (unsigned)strtoul(at, &end, 10);
	if (end == at)
		scene->number = UINT_MAX;
	text_add_shown(&title, *line == '#' ? end + strspn(end, " \t") : "");
	scene->title = title.s ? title.s : xstrdup("");
}

static int by_number(const void *a, const void *b)
{
	const struct scene *one = a, *two = b;

	if (one->number != two->number)
		return one->number < two->number ? -1 : 1;
	return strcmp(one->name, two->name);
}

struct scenes scenes_find(void)
{
	struct share_names names = share_list(&files);
	struct scenes scenes = { 0 };

	for (size_t i = 0; i < names.count; i++) {
		struct scene *scene;

		scenes.list = xroom(scenes.list, &scenes.cap, scenes.count, sizeof *scenes.list);
		scene = &scenes.list[scenes.count++];
		*scene = (struct scene){ .name = xstrdup(names.names[i]) };
		read_title(scene);
	}
	share_names_free(&names);
	if (scenes.count)
		qsort(scenes.list, scenes.count, sizeof *scenes.list, by_number);
	return scenes;
}

void scenes_free(struct scenes *scenes)
{
	for (size_t i = 0; i < scenes->count; i++) {
		free(scenes->list[i].name);
		free(scenes->list[i].title);
	}
	free(scenes->list);
	*scenes = (struct scenes){ 0 };
}

int scenes_draw(const struct pane *p, int selected)
{
	struct scenes scenes = scenes_find();
	int y = 0;

	for (size_t i = 0; i < scenes.count; i++, y++) {
		const struct scene *scene = &scenes.list[i];
		int x = NUMBER_WIDTH + NAME_WIDTH;

		if (scene->number != UINT_MAX)
			pane_printf(p, 0, y, ROLE_INDEX, "%2u", scene->number);
		pane_datan(p, NUMBER_WIDTH, y, NAME_WIDTH - 1, ROLE_HELP_KEY, scene->name);
		pane_datan(p, x, y, p->w - x, ROLE_HELP_TEXT, scene->title);
		if (y == selected)
			pane_flag(p, 0, y, p->w, 1, CELL_CURSOR);
	}
	if (!y)
		pane_textn(p, 0, y++, p->w, ROLE_WARNING, "no scenes are installed");
	scenes_free(&scenes);
	return y;
}

char *scene_at(int i)
{
	struct scenes scenes = scenes_find();
	char *name = i >= 0 && (size_t)i < scenes.count ? xstrdup(scenes.list[i].name) : NULL;

	scenes_free(&scenes);
	return name;
}

/* As on the screen, so that names are as safe to show. */
void scenes_print(FILE *out)
{
	struct canvas *canvas = canvas_new(100, 400, false);
	struct pane p = canvas_pane(canvas);

	canvas->h = scenes_draw(&p, -1);
	canvas_print(canvas, out);
	canvas_free(canvas);
}

bool scene_known(const char *name, struct error *err)
{
	char *path = share_find(&files, name);
	bool known = path != NULL;
	struct nearest nearest = nearest_begin(name, strlen(name));
	struct text names = { 0 };
	struct scenes scenes;
	char near[NEAREST_WORDS];

	free(path);
	if (known)
		return true;
	scenes = scenes_find();
	for (size_t i = 0; i < scenes.count; i++) {
		text_printf(&names, "%s%s", i ? ", " : "", scenes.list[i].name);
		nearest_try(&nearest, scenes.list[i].name);
	}
	fail(err, "unknown scene \"%.40s\": %s%s%s", name, nearest_words(&nearest, near),
		names.len ? "one of "
		: "none is installed",
		text_str(&names));
	text_free(&names);
	scenes_free(&scenes);
	return false;
}

/* It lies in no folder, so there are no files for it to ask for. */
static bool run_carried(struct session *s, const char *path, struct error *err)
{
	FILE *in = carried_open(carried_find(path));
	bool ok = script_run_stream(s, in, path, err);

	fclose(in);
	return ok;
}

/* What it asks for, the scene asks for. */
static bool run_file(struct session *s, const char *path, struct error *err)
{
	bool carried = carried_find(path), ok;
	char *folder = carried ? xstrdup("/proc/nonexistent") : scene_folder(path);
	struct access before = s->access;

	s->access = (struct access){ ASKER_SCENE, .folder = folder };
	ok = carried ? run_carried(s, path, err) : script_run(s, path, err);
	s->access = before;
	free(folder);
	return ok;
}

bool scene_run(struct session *s, const char *name, struct error *err)
{
	char *path;
	bool ok;

	if (!scene_known(name, err))
		return false;
	path = share_find(&files, name);
	ok = path && run_file(s, path, err) && session_ensure_map(s, err);
	free(path);
	return ok;
}

bool scene_begin(struct session *s, struct error *err)
{
	return session_goto(s, s->time.ncaptions ? s->time.captions[0].point : 0, err);
}

bool scene_load(struct session *s, const char *name, struct error *err)
{
	struct session_options so = { .arch = s->given.target->name,
		.release = s->given.release->name, .seed = s->given.seed,
		.declared = s->given.declared };
	struct session trial;
	bool ok;

	if (!session_open(&trial, &so, err))
		return false;
	trial.hooks.watcher = s->hooks.watcher;
	ok = scene_run(&trial, name, err);
	session_close(&trial);
	return ok && session_restart(s, err) && scene_run(s, name, err) && scene_begin(s, err);
}
