/* SPDX-License-Identifier: MIT */
#include "tui/view/own.h"

#include <stddef.h>
#include <string.h>

static const struct own *find(const struct own *list, enum own_of of, const char *name)
{
	for (; list && list->of != OWN_END; list++)
		if (list->of == of && strcmp(list->name, name) == 0)
			return list;
	return NULL;
}

const char *own_lead(const struct own *list, enum own_of of, const char *name, const char *is)
{
	const struct own *own = find(list, of, name);

	return own && own->lead ? own->lead : is;
}

const char *own_text(const struct own *list, enum own_of of, const char *name, const char *is)
{
	const struct own *own = find(list, of, name);

	return own && own->text ? own->text : is;
}
