/* SPDX-License-Identifier: MIT */
#include "themes/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/carried.h"
#include "config/ini.h"
#include "model/base/mem.h"
#include "model/base/nearest.h"
#include "model/base/utf8.h"
#include "themes/color.h"

static bool find_attr(const char *word, unsigned *attrs)
{
	static const struct {
		const char *name;
		enum attr attr;
	} words[] = {
		{"bold", ATTR_BOLD},
		{"dim", ATTR_DIM},
		{"reverse", ATTR_REVERSE},
		{"underline", ATTR_UNDERLINE},
		{"italic", ATTR_ITALIC},
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!strcmp(words[i].name, word)) {
			*attrs |= words[i].attr;
			return true;
		}
	}
	return false;
}

/* COLOUR or COLOUR/COLOUR FOR FEW; word is cut up. */
static bool parse_pair(char *word, int16_t *color, int8_t *few, struct error *err)
{
	char *slash = strchr(word, '/');
	int all, some;

	if (slash)
		*slash++ = '\0';
	if (!color_parse(word, &all))
		return fail(err, "%s: neither a colour nor an attribute", word);
	if (!slash)
		some = color_few(all);
	else if (!color_parse(slash, &some) || some > 15)
		return fail(err, "%s: not one of the 16 basic colours", slash);
	*color = (int16_t)all;
	*few = (int8_t)some;
	return true;
}

/* Colours come first, each at most once; then attributes. */
static bool parse_style(const char *value, struct style *style, struct error *err)
{
	char text[128], *rest = text, *word;
	enum { FG, ON, BG, ATTRS } want = FG;
	unsigned attrs = 0;

	*style = (struct style){-1, -1, -1, -1, 0};
	if (!*value)
		return fail(err, "empty; write default, and colours without #");
	if (strlen(value) >= sizeof text)
		return fail(err, "too long");
	strcpy(text, value);
	while ((word = strtok_r(rest, " \t", &rest))) {
		if (want == BG) {
			if (!parse_pair(word, &style->bg, &style->bg_few, err))
				return false;
			want = ATTRS;
		} else if (want < BG && !strcmp(word, "on")) {
			want = BG;
		} else if (find_attr(word, &attrs)) {
			want = ATTRS;
		} else if (want != FG) {
			return fail(err, "%s: not an attribute", word);
		} else if (!parse_pair(word, &style->fg, &style->fg_few, err)) {
			return false;
		} else {
			want = ON;
		}
	}
	if (want == BG)
		return fail(err, "on: no colour after it");
	style->attrs = (uint8_t)attrs;
	return true;
}

static bool take_entry(struct theme *theme, const struct ini_entry *entry, struct error *err)
{
	bool roles = !strcmp(entry->section, "roles");
	enum role role;

	if (!roles && strcmp(entry->section, "theme"))
		return fail(err, "unknown section");
	if (!*entry->key)
		return true;
	if (!roles) {
		if (strcmp(entry->key, "about"))
			return fail(err, "%s: unknown key", entry->key);
		utf8_show_all(theme->about, sizeof theme->about, entry->value);
		return true;
	}
	role = role_find(entry->key);
	if (role == ROLE_COUNT)
		return fail(err, "%s: unknown role", entry->key);
	if (parse_style(entry->value, &theme->styles[role], err))
		return true;
	return fail_in(err, "%s", entry->key);
}

/* The file's name without folder and ending. */
static void set_name(struct theme *theme, const char *path)
{
	const char *base = basename(path);
	size_t len = strlen(base);

	if (len > 4 && !strcmp(base + len - 4, ".ini"))
		len -= 4;
	snprintf(theme->name, sizeof theme->name, "%.*s", (int)len, base);
}

/* What the file leaves out stays as it is. */
static bool take_file(struct theme *theme, const char *path, struct error *err)
{
	struct ini ini;
	bool ok = true;

	if (!ini_load(&ini, path, err))
		return false;
	theme->about[0] = '\0';
	set_name(theme, path);
	for (size_t i = 0; ok && i < ini.count; i++) {
		ok = take_entry(theme, &ini.entries[i], err);
		if (!ok)
			ini_fail_at(&ini, &ini.entries[i], err);
	}
	ini_free(&ini);
	return ok;
}

void theme_default(struct theme *theme)
{
	struct error unused;

	take_file(theme, CARRIED "themes/default.ini", &unused);
}

void theme_mono(struct theme *theme)
{
	*theme = (struct theme){ .name = "mono", .about = "no colour at all" };
	for (int i = 0; i < ROLE_COUNT; i++)
		theme->styles[i] = (struct style){ -1, -1, -1, -1,
			(uint8_t)role_mono((enum role)i) };
}

static const struct share files = { "themes", "themes", ".ini" };

bool theme_is_file(const char *name)
{
	size_t len = strlen(name);

	return strchr(name, '/') || (len > 4 && !strcmp(name + len - 4, ".ini"));
}

static bool no_such(const char *name, struct error *err)
{
	struct nearest nearest = nearest_begin(name, strlen(name));
	struct share_names list = theme_list();

	for (size_t i = 0; i < list.count; i++)
		nearest_try(&nearest, list.names[i]);
	fail(err, "%s: no such theme", name);
	nearest_tell(&nearest, err);
	share_names_free(&list);
	return false;
}

bool theme_load(struct theme *theme, const char *name, struct error *err)
{
	char *path = theme_is_file(name) ? xstrdup(name) : share_find(&files, name);
	bool ok;

	theme_default(theme);
	if (!path)
		return no_such(name, err);
	ok = take_file(theme, path, err);
	if (!ok)
		theme_default(theme);
	free(path);
	return ok;
}

struct share_names theme_list(void)
{
	return share_list(&files);
}
