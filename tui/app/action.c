/* SPDX-License-Identifier: MIT */
#include "tui/app/action.h"

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

static bool bind(struct keymap *map, const char *key, enum action action, const char *command,
	struct error *err)
{
	const struct keymap_entry *other;
	struct key k;

	if (!key_parse(key, &k, err))
		return false;
	other = keymap_find(map, k);
	if (other)
		return fail(err, "key %s is bound to %s and to %s", key, entry_name(other),
			action == ACTIONS_END ? command : actions[action].name);
	map->entries = grow(map->entries, &map->cap, map->count, sizeof *map->entries);
	map->entries[map->count++] = (struct keymap_entry){ k, action, command };
	return true;
}

static bool bind_defaults(struct keymap *map, enum action action, struct error *err)
{
	char name[KEY_NAME_MAX];
	const char *at = actions[action].keys;

	while (*at) {
		size_t n = strcspn(at, " ");

		snprintf(name, sizeof name, "%.*s", (int)n, at);
		if (!bind(map, name, action, actions[action].command, err))
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
		const char *command = action == ACTIONS_END ? b->action : actions[action].command;

		for (size_t k = 0; k < b->count; k++)
			if (!bind(map, b->keys[k], action, command, err))
				return fail_in(err, "%s: [keys]", c->path ? c->path : "configuration");
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

bool keymap_make(struct keymap *map, const struct config *c, struct error *err)
{
	*map = (struct keymap){ 0 };
	if (bind_configured(map, c, err)) {
		int i = 0;

		while (i < ACTIONS_END &&
			(is_configured(c, (enum action)i) || bind_defaults(map, (enum action)i, err)))
			i++;
		if (i == ACTIONS_END)
			return true;
		fail_in(err, "%s: [keys]", c->path ? c->path : "configuration");
	}
	keymap_free(map);
	return false;
}

void keymap_free(struct keymap *map)
{
	free(map->entries);
	*map = (struct keymap){ 0 };
}

const struct keymap_entry *keymap_find(const struct keymap *map, struct key key)
{
	for (size_t i = 0; i < map->count; i++)
		if (key_equal(map->entries[i].key, key))
			return &map->entries[i];
	return NULL;
}

static void add_keys(const struct keymap *map, enum action action, char *buf, size_t size, int most)
{
	char name[KEY_NAME_MAX];
	size_t n = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < map->count && most > 0; i++) {
		if (map->entries[i].action != action)
			continue;
		n += (size_t)snprintf(buf + n, size - n, "%s%s", n ? " " : "",
			key_name(map->entries[i].key, name));
		if (n >= size)
			return;
		most--;
	}
}

void keymap_keys(const struct keymap *map, enum action action, char *buf, size_t size)
{
	add_keys(map, action, buf, size, 8);
}

void keymap_key(const struct keymap *map, enum action action, char *buf, size_t size)
{
	add_keys(map, action, buf, size, 1);
}
