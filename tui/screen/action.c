/* SPDX-License-Identifier: MIT */
#include "tui/screen/action.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/session/command.h"

const struct action_row actions[ACTIONS_END] = {
#define X(id, name, keys, command, topic, help, brief) { name, keys, command, topic, help, brief },
	ACTIONS(X)
#undef X
};

const struct topic topics[TOPICS] = {
	{ "move", "Moving" }, { "work", "Working on the map" }, { "time", "Time" },
	{ "look", "Looks" }, { "files", "Files" }, { "more", "More" },
};

static enum action action_find(const char *name)
{
	int i = 0;

	while (i < ACTIONS_END && strcmp(actions[i].name, name) != 0)
		i++;
	return (enum action)i;
}

bool action_known(const char *name)
{
	const char *args;
	struct error unused;

	return action_find(name) != ACTIONS_END || command_find(name, &args, &unused) != NULL;
}

static const char *entry_name(const struct keymap_entry *e)
{
	return e->action == ACTIONS_END ? e->command : actions[e->action].name;
}

/* Says where in the configuration; line 0 for nowhere in particular. */
static bool fail_at(const struct config *c, int line, struct error *err)
{
	const char *path = c->path ? c->path : "configuration";

	return line ? fail_in(err, "%s:%d: [keys]", path, line) : fail_in(err, "%s: [keys]", path);
}

/* The key is taken: by a line above, as the defaults come last. */
static bool fail_taken(const struct config *c, const struct keymap_entry *had,
	const struct keymap_entry *wanted, const char *key, struct error *err)
{
	const char *a = entry_name(had), *b = entry_name(wanted);

	if (strcmp(a, b) == 0)
		fail(err, "%s: %s: the same key twice", a, key);
	else if (wanted->line)
		fail(err, "%s: %s: is the key of %s, in line %d", b, key, a, had->line);
	else
		fail(err, "%s: %s: is the key of %s: give that another one, or none", a, key, b);
	return fail_at(c, wanted->line ? wanted->line : had->line, err);
}

static bool bind(struct keymap *map, const struct config *c, const char *key,
	const struct keymap_entry *e, struct error *err)
{
	const struct keymap_entry *had;
	struct keymap_entry made = *e;

	if (!key_parse(key, &made.key, err)) {
		fail_in(err, "%s", entry_name(e));
		return fail_at(c, e->line, err);
	}
	had = keymap_find(map, made.key);
	if (had)
		return fail_taken(c, had, e, key, err);
	map->entries = xroom(map->entries, &map->cap, map->count, sizeof *map->entries);
	table_put(&map->places, key_number(made.key))->value[0] = map->count;
	map->entries[map->count++] = made;
	return true;
}

static bool bind_defaults(struct keymap *map, const struct config *c, enum action action,
	struct error *err)
{
	const struct keymap_entry e = { .action = action, .command = actions[action].command };
	char name[KEY_NAME_MAX];
	const char *at = actions[action].keys;

	while (*at) {
		size_t n = strcspn(at, " ");

		snprintf(name, sizeof name, "%.*s", (int)n, at);
		if (!bind(map, c, name, &e, err))
			return false;
		at += n;
		at += strspn(at, " ");
	}
	return true;
}

static bool bind_configured(struct keymap *map, const struct config *c, struct error *err)
{
	for (size_t i = 0; i < c->binding_count; i++) {
		const struct binding *b = &c->bindings[i];
		enum action action = action_find(b->action);
		const struct keymap_entry e = { .action = action, .line = b->line,
			.command = action == ACTIONS_END ? b->action : actions[action].command };

		for (size_t k = 0; k < b->count; k++)
			if (!bind(map, c, b->keys[k], &e, err))
				return false;
	}
	return true;
}

static bool is_configured(const struct config *c, enum action action)
{
	for (size_t i = 0; i < c->binding_count; i++)
		if (strcmp(c->bindings[i].action, actions[action].name) == 0)
			return true;
	return false;
}

/* By these one can always leave. */
static bool leads_out(const struct keymap *map, const struct config *c, struct error *err)
{
	for (size_t i = 0; i < map->count; i++)
		if (map->entries[i].action == ACTION_QUIT ||
			map->entries[i].action == ACTION_COMMAND)
			return true;
	fail(err, "neither quit nor command has a key: there is no way out");
	return fail_at(c, 0, err);
}

bool keymap_make(struct keymap *map, const struct config *c, struct error *err)
{
	bool ok;

	*map = (struct keymap){ 0 };
	ok = bind_configured(map, c, err);
	for (int i = 0; i < ACTIONS_END && ok; i++)
		ok = is_configured(c, (enum action)i) || bind_defaults(map, c, (enum action)i, err);
	if (ok && leads_out(map, c, err))
		return true;
	keymap_free(map);
	return false;
}

void keymap_default(struct keymap *map)
{
	struct config none;
	struct error unused;

	config_init(&none);
	keymap_make(map, &none, &unused);
	config_free(&none);
}

void keymap_free(struct keymap *map)
{
	free(map->entries);
	table_free(&map->places);
	*map = (struct keymap){ 0 };
}

const struct keymap_entry *keymap_find(const struct keymap *map, struct key key)
{
	const struct table_entry *e = table_find(&map->places, key_number(key));

	return e ? &map->entries[e->value[0]] : NULL;
}

void keymap_keys(const struct keymap *map, enum action action, char *buf, size_t size)
{
	char name[KEY_NAME_MAX];
	size_t used = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < map->count; i++) {
		if (map->entries[i].action != action)
			continue;
		key_name(map->entries[i].key, name);
		if (used + strlen(name) + 2 > size)
			return;
		used += (size_t)sprintf(buf + used, "%s%s", used ? " " : "", name);
	}
}

struct key_text keymap_key(const struct keymap *map, enum action action)
{
	struct key_text text = { "" };
	size_t i = 0;

	while (i < map->count && map->entries[i].action != action)
		i++;
	if (i < map->count)
		key_name(map->entries[i].key, text.s);
	return text;
}
