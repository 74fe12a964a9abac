/* SPDX-License-Identifier: MIT */
#include "model/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model/base/utf8.h"

/*
 * Copies text to out, cut to size. What a terminal could take for more than a character is
 * written out: a byte that is none as \xNN, a control or invisible character as \uNNNN.
 */
static void copy_clean(char *out, size_t size, const char *text)
{
	const char *at = text, *end = at + strlen(text);
	char part[12];
	size_t n = 0, len, used;
	char32_t c;

	for (; at < end; at += used) {
		used = utf8_decode(at, (size_t)(end - at), &c);
		if (used == 0 || c < ' ' || c == 0x7f)
			snprintf(part, sizeof part, "\\x%02x", (unsigned char)*at);
		else if (c == ' ' || utf8_prints(c))
			snprintf(part, sizeof part, "%.*s", (int)used, at);
		else
			snprintf(part, sizeof part, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
		used = used ? used : 1;
		len = strlen(part);
		if (n + len >= size)
			break;
		memcpy(out + n, part, len);
		n += len;
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
