/* SPDX-License-Identifier: MIT */
#include "model/base/json.h"

#include <stdlib.h>
#include <string.h>

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
		fprintf(out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
			0xdc00 + (c & 0x3ff));
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

/* A character that strings cannot have as it is. */
static void add_escaped(struct text *out, char32_t c)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *which = c < 0x80 && c ? strchr(from, (int)c) : NULL;

	if (which)
		text_printf(out, "\\%c", to[which - from]);
	else if (c > 0xffff)
		text_printf(out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
			0xdc00 + (c & 0x3ff));
	else
		text_printf(out, "\\u%04x", c);
}

static bool stands_for_itself(char32_t c)
{
	return c < 0x7f ? c >= ' ' && c != '"' && c != '\\' : utf8_prints(c);
}

void json_add_string(struct text *out, const char *s)
{
	const char *end = s + strlen(s), *from = s;

	text_addc(out, '"');
	while (s < end) {
		char32_t c = (unsigned char)*s;
		size_t used = 1;

		if (c >= 0x7f)
			used = utf8_decode(s, (size_t)(end - s), &c);
		used = used ? used : 1;
		if (!stands_for_itself(c)) {
			text_addn(out, from, (size_t)(s - from));
			add_escaped(out, c);
			from = s + used;
		}
		s += used;
	}
	text_addn(out, from, (size_t)(s - from));
	text_addc(out, '"');
}

bool json_write(json_t *value, size_t flags, FILE *out)
{
	bool ok = value && json_dump_callback(value, put_part, out, flags) == 0;

	json_decref(value);
	return ok;
}
