/* SPDX-License-Identifier: MIT */
/*
 * A theme says what each role looks like: plain data, copied by value, owns nothing.
 *
 * A colour is -1 for the terminal's own or a number of the palette. Each style carries two: one
 * for terminals with 256 colours and one, below 16, for those with 8 or 16. No theme changes
 * the palette. A theme file is
 *
 *     [theme]
 *     about = one line
 *     [roles]
 *     tophash = 208/yellow on default bold
 *
 * colour[/colour for few] [on colour[/colour for few]] [bold dim reverse underline italic],
 * where a colour is `default`, a name (red, bright-red), a number 0..255, or rrggbb, which
 * is taken as the nearest of the 256. Without a colour for few one is chosen by likeness.
 * Roles that a file leaves out keep the look of the built-in default theme.
 */
#ifndef THEMES_THEME_H
#define THEMES_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/share.h"
#include "model/base/error.h"
#include "themes/role.h"

struct style {
	int16_t fg, bg; /* -1 default, or 0..255 */
	int8_t fg_few;  /* -1 default, or 0..15 */
	int8_t bg_few;
	uint8_t attrs; /* enum attr, or-ed */
};

struct theme {
	char name[64];
	char about[128];
	struct style styles[ROLE_COUNT];
};

void theme_default(struct theme *theme); /* themes/default.ini, as the program carries it */
void theme_mono(struct theme *theme);    /* built in: attributes only, from role.h */

/*
 * A name is looked up in $XDG_CONFIG_HOME/hmapview/themes (~/.config/...), in the themes folder
 * beside the program's own folder (a checkout), in the installed one, and then in what the program
 * carries; anything with a slash, or ending in .ini, is a file. On failure theme is the default.
 */
bool theme_load(struct theme *theme, const char *name_or_path, struct error *err);
bool theme_is_file(const char *name_or_path);

/* All names that theme_load() would find; share_names_free() them. */
struct share_names theme_list(void);

#endif
