/* SPDX-License-Identifier: MIT */
#include "model/base/json.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "model/base/utf8.h"

void json_begin(void)
{
	json_set_alloc_funcs(xmalloc, free);
}

json_t *json_words(const char *s)
{
	json_t *value = json_string(s);
	struct text clean = { 0 };

	if (value)
		return value;
	for (; *s; s++) {
		if ((unsigned char)*s < 0x80)
			text_addc(&clean, *s);
		else
			text_add(&clean, "\xef\xbf\xbd");
	}
	value = json_string(text_str(&clean));
	text_free(&clean);
	return value;
}

static void put_escaped(char32_t c, FILE *out)
{
	if (c > 0xffff)
		fprintf(out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + (c & 0x3ff));
	else
		fprintf(out, "\\u%04x", c);
}

/* A part of what is written; jansson cuts no character in two. */
static int put_part(const char *part, size_t len, void *data)
{
	FILE *out = data;
	size_t from = 0, used;

	for (size_t at = 0; at < len; at += used) {
		char32_t c = 0;

		used = 1;
		if ((unsigned char)part[at] < 0x7f)
			continue;
		used = utf8_decode(part + at, len - at, &c);
		used = used ? used : 1;
		if (utf8_prints(c))
			continue;
		fwrite(part + from, 1, at - from, out);
		put_escaped(c, out);
		from = at + used;
	}
	fwrite(part + from, 1, len - from, out);
	return ferror(out) ? -1 : 0;
}

bool json_write(json_t *value, size_t flags, FILE *out)
{
	bool ok = value && json_dump_callback(value, put_part, out, flags) == 0;

	json_decref(value);
	return ok;
}
