/* SPDX-License-Identifier: MIT */
#include "model/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Copies text to out, a byte below space or DEL as \xNN, cut to size. */
static void copy_clean(char *out, size_t size, const char *text)
{
	size_t n = 0;

	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p >= ' ' && *p != 0x7f) {
			if (n + 1 >= size)
				break;
			out[n++] = (char)*p;
		} else {
			if (n + 4 >= size)
				break;
			snprintf(out + n, 5, "\\x%02x", *p);
			n += 4;
		}
	}
	out[n] = '\0';
}

bool fail(struct error *err, const char *format, ...)
{
	char text[sizeof err->msg];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	copy_clean(err->msg, sizeof err->msg, text);
	return false;
}

bool fail_in(struct error *err, const char *format, ...)
{
	char before[sizeof err->msg / 2], was[sizeof err->msg];
	va_list ap;

	va_start(ap, format);
	vsnprintf(before, sizeof before, format, ap);
	va_end(ap);
	memcpy(was, err->msg, sizeof was);
	return fail(err, "%s: %s", before, was);
}
