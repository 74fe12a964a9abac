/* SPDX-License-Identifier: MIT */
/*
 * Texts of the program's tables, on keys, commands and signs, that a design has otherwise, as it
 * has other units or other growths. What a design does not name is as the tables have it.
 */
#ifndef TUI_VIEW_OWN_H
#define TUI_VIEW_OWN_H

enum own_of { OWN_END, OWN_KEY, OWN_COMMAND, OWN_SIGN };

struct own {
	enum own_of of;
	const char *name;   /* of the action, the command, the sign; */
	const char *lead;   /* arguments of a command, how a sign looks; NULL: as they are */
	const char *text;   /* NULL: as it is */
};

/* Of a list that ends with OWN_END, or of none: what stands there, else `is`. */
const char *own_lead(const struct own *list, enum own_of of, const char *name, const char *is);
const char *own_text(const struct own *list, enum own_of of, const char *name, const char *is);

#endif
