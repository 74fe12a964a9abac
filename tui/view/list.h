/* SPDX-License-Identifier: MIT */
/* Lists of which one row is selected: those of entries, of maps. */
#ifndef TUI_VIEW_LIST_H
#define TUI_VIEW_LIST_H

#include <stddef.h>

/* The first row that is shown of so many in the room there is, with the selected one in the middle
   where that can be. */
static inline size_t list_top(size_t selected, size_t count, size_t room)
{
	size_t top = selected >= room / 2 ? selected - room / 2 : 0;

	if (top + room > count)
		top = count > room ? count - room : 0;
	return top;
}

#endif
