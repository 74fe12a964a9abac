/* SPDX-License-Identifier: MIT */
#include "tui/wrap.h"

#include <string.h>

/* Bytes of the line that go into so many columns. */
static size_t fitting(const char *line, size_t most)
{
	size_t n = strlen(line);

	if (n <= most)
		return n;
	for (n = most; n > most / 2 && line[n] != ' '; n--)
		continue;
	/* Never in the middle of a character. */
	while (n > 0 && (line[n] & 0xc0) == 0x80)
		n--;
	return n;
}

int wrap_data(const struct pane *p, int y, int indent, enum role role, const char *data)
{
	size_t most = p->w > indent + 8 ? (size_t)(p->w - indent) : 8;
	int rows = 0;

	while (*data) {
		char part[512];
		size_t n = fitting(data, most < sizeof part ? most : sizeof part - 1);

		memcpy(part, data, n);
		part[n] = '\0';
		pane_data(p, rows ? indent : 0, y + rows, role, part);
		rows++;
		data += n;
		data += *data == ' ';
	}
	return rows;
}
