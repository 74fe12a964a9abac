/* SPDX-License-Identifier: MIT */
#include "model/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model/base/utf8.h"

bool fail(struct error *err, const char *format, ...)
{
	char text[sizeof err->msg];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	utf8_show_all(err->msg, sizeof err->msg, text);
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
