/* SPDX-License-Identifier: MIT */
#include "tui/app/complete.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/base/mem.h"
#include "model/map/units.h"
#include "model/session/command.h"
#include "tui/cli/choice.h"
#include "tui/screen/action.h"
#include "tui/view/design.h"
#include "tui/view/find.h"

enum { UNITS_MOST = 1 << 16, WORDS_MOST = 4096 };

/* Adds word + end if it begins with the typed part. */
static void offer(struct words *w, const char *typed, size_t len, const char *word, const char *end)
{
	if (strncmp(word, typed, len) != 0 || w->count == WORDS_MOST)
		return;
	w->list = xroom(w->list, &w->cap, w->count, sizeof *w->list);
	w->list[w->count++] = xasprintf("%s%s", word, end);
}

static void offer_commands(struct words *w, const char *typed, size_t len)
{
	for (unsigned i = 0; command_at(i); i++)
		offer(w, typed, len, command_at(i)->name, " ");
	for (int i = 0; i < ACTIONS_END; i++)
		if (!actions[i].command)
			offer(w, typed, len, actions[i].name, "");
}

struct offering {
	struct words *words;
	const char *typed, *end;
	size_t len;
};

static void offer_choice(void *data, const char *word, const char *help)
{
	const struct offering *o = data;

	(void)help;
	offer(o->words, o->typed, o->len, word, o->end);
}

static void offer_choices(struct words *w, const char *arg, const char *typed, size_t len,
	const char *end)
{
	struct offering o = { w, typed, end, len };

	choice_find(arg)->each(offer_choice, &o);
}

/* Keys of the map, or elems, as far as it is small enough to be looked through for them. */
static void offer_entries(struct words *words, const struct session *s, bool elems,
	const char *before, const char *typed, size_t len)
{
	const struct map *m = &s->world.map;
	struct units units = { 0 };
	struct text value = { 0 };

	units_read(&units, m);
	for (int side = 0; side < units_entry_sides(m); side++) {
		struct unit_walk w = units_walk(&units, side, 0);

		for (; w.addr && units.all[side] <= UNITS_MOST; unit_walk_next(&w))
			for (uint64_t a = w.addr; a; a = map_link(m, a))
				for (unsigned i = 0; i < SLOTS; i++) {
					if (!map_live(m, a, i))
						continue;
					text_clear(&value);
					text_add(&value, before);
					slot_add_value(m, a, i, elems, 0, &value);
					offer(words, typed, len, text_str(&value), "");
				}
	}
	units_free(&units);
	text_free(&value);
}

static void offer_keys(struct words *w, const struct session *s, const char *typed, size_t len)
{
	offer_entries(w, s, false, "", typed, len);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Files and folders; the typed part may name a folder on the way. */
static void offer_files(struct words *w, const char *typed, size_t len)
{
	char *path = xstrndup(typed, len), *slash = strrchr(path, '/');
	char *folder = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup("");
	char *there = access_expand(folder);
	DIR *dir = xopendir(*there ? there : ".");
	struct dirent *d;

	while (dir && (d = readdir(dir))) {
		char *name = xasprintf("%s%s", folder, d->d_name);
		char *at = xasprintf("%s%s", there, d->d_name);
		struct stat info;

		if (d->d_name[0] != '.' && stat(at, &info) == 0)
			offer(w, typed, len, name, S_ISDIR(info.st_mode) ? "/" : "");
		free(name);
		free(at);
	}
	if (dir)
		closedir(dir);
	if (w->count)
		qsort(w->list, w->count, sizeof *w->list, by_name);
	free(there);
	free(folder);
	free(path);
}

static void offer_argument(struct words *w, const struct session *s, enum command_arg arg,
	const char *typed, size_t len)
{
	static const char *const names[] = { [ARG_TYPE] = "TYPE",
		[ARG_ARCH] = "ARCH",
		[ARG_ARCHES] = "ARCH",
		[ARG_RELEASE] = "VERSION",
		[ARG_HASH] = "HASH",
		[ARG_ESCAPE] = "ESCAPES",
		[ARG_SCENE] = "SCENE" };

	if (arg == ARG_KEY)
		offer_keys(w, s, typed, len);
	else if (arg == ARG_FILE)
		offer_files(w, typed, len);
	else if (arg < sizeof names / sizeof *names && names[arg])
		offer_choices(w, names[arg], typed, len, "");
}

/* Of several words the one that is being typed. */
static void complete_last(struct words *w, const struct session *s, enum command_arg arg,
	const char *line, size_t at)
{
	for (size_t i = w->start; i < at; i++)
		if (line[i] == ' ' || line[i] == '\t')
			w->start = i + 1;
	offer_argument(w, s, arg, line + w->start, at - w->start);
}

/* The options of export come before the format, the file after it. */
static void complete_export(struct words *w, const struct session *s, const char *line, size_t at)
{
	const char *names[] = { "--view ", "--width ", "--cursor ", "--buckets " };
	const char *word = line + w->start, *option = NULL;
	size_t len, formats = 0;

	for (;;) {
		len = strcspn(word, " \t");
		if (word + len >= line + at)
			break;
		if (option)
			option = NULL;
		else if (strncmp(word, "--", 2) == 0)
			option = word + 2;
		else
			formats++;
		word += len + strspn(word + len, " \t");
		if (word > line + at || formats)
			break;
	}
	w->start = (size_t)(word - line);
	len = at > w->start ? at - w->start : 0;
	if (formats) {
		offer_files(w, word, len);
	} else if (option && strncmp(option, "view", 4) == 0) {
		offer_choices(w, "VIEW", word, len, " ");
	} else if (option && strncmp(option, "cursor", 6) == 0) {
		offer_keys(w, s, word, len);
	} else if (!option) {
		for (size_t i = 0; i < sizeof names / sizeof *names && *word == '-'; i++)
			offer(w, word, len, names[i], "");
		offer_choices(w, "FORMAT", word, len, " ");
	}
}

void complete_line(const struct session *s, const char *line, size_t at, struct words *w)
{
	const struct command *c;
	struct error unused;
	const char *args;

	*w = (struct words){ .start = strspn(line, " \t") };
	if (w->start + strcspn(line + w->start, " \t") >= at) {
		offer_commands(w, line + w->start, at - w->start);
		return;
	}
	c = command_find(line, &args, &unused);
	if (!c || args > line + at)
		return;
	w->start = (size_t)(args - line);
	/* A key or a file's name may hold blanks: all that follows the command belongs to it. */
	if (c->arg == ARG_FORMAT)
		complete_export(w, s, line, at);
	else if (c->arg == ARG_ARCHES)
		complete_last(w, s, c->arg, line, at);
	else if (c->arg == ARG_KEY || c->arg == ARG_FILE ||
		args + strcspn(args, " \t") >= line + at)
		offer_argument(w, s, c->arg, args, at - w->start);
}

void complete_find(const struct session *s, const char *line, size_t at, struct words *w)
{
	const char *finds;

	*w = (struct words){ .start = 0 };
	for (unsigned i = 0; find_word(&s->world.map, i, &finds); i++)
		offer(w, line, at, find_word(&s->world.map, i, &finds), "");
	if (at && *line == '=')
		offer_entries(w, s, true, "=", line, at);
	else if (at)
		offer_keys(w, s, line, at);
}
