/* SPDX-License-Identifier: MIT */
#include "config/config.h"

#include <assert.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/ini.h"
#include "config/user.h"
#include "model/base/mem.h"
#include "model/base/nearest.h"

enum kind { TEXT, NUMBER, SEED, CHOICE, FLAG };

struct row {
	struct config_option option;
	enum kind kind;
	size_t offset; /* in struct config */
	unsigned low, high;
	const char *const *choices; /* in the order of the enum, NULL after the last */
};

/* ORDER COLOR_WHEN */
static const char *const colors[] = {"auto", "always", "never", NULL};
/* ORDER CHARSET */
static const char *const charsets[] = {"auto", "utf-8", "ascii", NULL};
static const char *const flags[] = {"no", "yes", NULL};

#define AT(field) offsetof(struct config, field)

/* ORDER OPTION */
static const struct row rows[] = {
	{{"theme", "a name or a file", "default", "colours of the screen"}, TEXT, AT(theme), 0, 0,
		NULL},
	{{"type", "a Go map type", "map[int]string", "the map's type"}, TEXT, AT(type), 0, 0, NULL},
	{{"arch", "a GOARCH name", "amd64", "the target"}, TEXT, AT(arch), 0, 0, NULL},
	{{"go", "a Go release, or default", "default", "the Go release"}, TEXT, AT(release), 0, 0,
		NULL},
	{{"beside", "a Go release, or default", "default", "the other release of the pages of two"},
		TEXT, AT(beside), 0, 0, NULL},
	{{"seed", "a whole number below 2^64", "1", "start of all randomness"}, SEED, AT(seed), 0,
		0, NULL},
	{{"color", "auto, always or never", "auto", "whether to use colours"}, CHOICE, AT(color), 0,
		0, colors},
	{{"charset", "auto, utf-8 or ascii", "auto", "what the screen is drawn with"}, CHOICE,
		AT(charset), 0, 0, charsets},
	{{"escape_ms", "a number from 0 to 10000", "50", "how long Escape waits for more of a key"},
		NUMBER, AT(escape_ms), 0, 10000, NULL},
	{{"mouse", "yes or no", "yes", "whether the mouse is ours"}, FLAG, AT(mouse), 0, 0, flags},
};

static const size_t row_count = sizeof rows / sizeof *rows;

const struct config_option *config_option(size_t i)
{
	return i < row_count ? &rows[i].option : NULL;
}

static const struct row *find_row(const char *name)
{
	for (size_t i = 0; i < row_count; i++) {
		if (!strcmp(rows[i].option.name, name))
			return &rows[i];
	}
	return NULL;
}

static bool set_choice(const struct row *row, void *field, const char *value)
{
	for (int i = 0; row->choices[i]; i++) {
		if (strcmp(row->choices[i], value))
			continue;
		if (row->kind == FLAG)
			*(bool *)field = i;
		else
			memcpy(field, &i, sizeof i);
		return true;
	}
	return false;
}

static bool set_number(const struct row *row, void *field, const char *value)
{
	unsigned long long number;

	if (row->kind == SEED) {
		if (!ini_number(value, 0, UINT64_MAX, &number))
			return false;
		*(uint64_t *)field = number;
		return true;
	}
	if (!ini_number(value, row->low, row->high, &number))
		return false;
	*(int *)field = (int)number;
	return true;
}

static bool set_text(void *field, const char *value)
{
	char **text = field;

	if (!*value)
		return false;
	free(*text);
	*text = xstrdup(value);
	return true;
}

bool config_set(struct config *config, const char *option, const char *value, struct error *err)
{
	const struct row *row = find_row(option);
	void *field;
	bool ok;

	if (!row) {
		struct nearest nearest = nearest_begin(option, strlen(option));

		for (size_t i = 0; i < row_count; i++)
			nearest_try(&nearest, rows[i].option.name);
		fail(err, "%s: unknown option", option);
		return nearest_tell(&nearest, err);
	}
	field = (char *)config + row->offset;
	if (field == (void *)&config->theme)
		config->theme_line = 0;
	if (row->kind == TEXT)
		ok = set_text(field, value);
	else if (row->kind == CHOICE || row->kind == FLAG)
		ok = set_choice(row, field, value);
	else
		ok = set_number(row, field, value);
	if (ok)
		return true;
	return fail(
		err, "%s: %s: must be %s", option, *value ? value : "nothing", row->option.values);
}

_Static_assert(sizeof(enum color_when) == sizeof(int), "choices are written as int");
_Static_assert(sizeof(enum charset) == sizeof(int), "choices are written as int");

void config_init(struct config *config)
{
	struct error err;

	*config = (struct config){0};
	for (size_t i = 0; i < row_count; i++) {
		bool ok = config_set(config, rows[i].option.name, rows[i].option.value, &err);

		assert(ok);
		(void)ok;
	}
}

void config_free(struct config *config)
{
	for (size_t i = 0; i < config->binding_count; i++) {
		for (size_t k = 0; k < config->bindings[i].count; k++)
			free(config->bindings[i].keys[k]);
		free(config->bindings[i].keys);
		free(config->bindings[i].action);
	}
	free(config->bindings);
	free(config->path);
	free(config->theme);
	free(config->type);
	free(config->arch);
	free(config->release);
	free(config->beside);
	*config = (struct config){0};
}

/* Blanks separate keys; `none` stands alone. */
static bool split_keys(struct binding *binding, const char *value, const struct config_names *names,
	struct error *err)
{
	size_t cap = 0;

	if (!*value)
		return fail(err, "no key; write none, or Semicolon and Hash for ; and #");
	if (!strcmp(value, "none"))
		return true;
	for (const char *at = value + strspn(value, " \t"); *at; at += strspn(at, " \t")) {
		size_t len = strcspn(at, " \t");
		char *key = xstrndup(at, len);

		binding->keys = xroom(binding->keys, &cap, binding->count, sizeof *binding->keys);
		binding->keys[binding->count++] = key;
		if (names && names->key && !names->key(key, err))
			return false;
		at += len;
	}
	return true;
}

static bool add_binding(struct config *config, size_t *cap, const struct ini_entry *entry,
	const struct config_names *names, struct error *err)
{
	const char *action = entry->written;
	struct binding *binding;

	/* The arguments of a command keep their letters; names are not case sensitive. */
	if (names && names->action && !names->action(action))
		action = entry->key;
	if (names && names->action && !names->action(action))
		return fail(err, "%s: unknown action", entry->key);
	config->bindings =
		xroom(config->bindings, cap, config->binding_count, sizeof *config->bindings);
	binding = &config->bindings[config->binding_count++];
	*binding = (struct binding){.action = xstrdup(action), .line = entry->line};
	if (split_keys(binding, entry->value, names, err))
		return true;
	return fail_in(err, "%s", entry->key);
}

static bool take_entry(struct config *config, size_t *cap, const struct ini_entry *entry,
	const struct config_names *names, struct error *err)
{
	bool options = !strcmp(entry->section, "options");

	if (!options && strcmp(entry->section, "keys"))
		return fail(err, "unknown section");
	if (!*entry->key)
		return true;
	if (options && !config_set(config, entry->key, entry->value, err))
		return false;
	if (options && !strcmp(entry->key, "theme"))
		config->theme_line = entry->line;
	if (options)
		return true;
	return add_binding(config, cap, entry, names, err);
}

static bool load(struct config *config, const char *path, const struct config_names *names,
	struct error *err)
{
	struct ini ini;
	size_t cap = 0;
	bool ok = true;

	config_free(config);
	config_init(config);
	if (!ini_load(&ini, path, err))
		return false;
	for (size_t i = 0; ok && i < ini.count; i++) {
		ok = take_entry(config, &cap, &ini.entries[i], names, err);
		if (!ok)
			ini_fail_at(&ini, &ini.entries[i], err);
	}
	ini_free(&ini);
	if (ok) {
		config->path = xstrdup(path);
		return true;
	}
	config_free(config);
	config_init(config);
	return false;
}

bool config_load(struct config *config, const char *path, const struct config_names *names,
	struct error *err)
{
	char *user;
	bool ok;

	if (path)
		return load(config, path, names, err);
	user = user_path("hmapview.ini");
	if (!user || (access(user, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)))
		ok = true;
	else
		ok = load(config, user, names, err);
	free(user);
	return ok;
}
