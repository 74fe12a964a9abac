/* SPDX-License-Identifier: MIT */
#include "model/source/reading.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/base/hex.h"

bool reading_wrong(struct reading *r, const char *format, ...)
{
	struct text says = { 0 };
	va_list ap;

	va_start(ap, format);
	text_vprintf(&says, format, ap);
	va_end(ap);
	if (r->where.len)
		fail(r->err, "%.160s: %.120s: %s", r->name, text_str(&r->where), text_str(&says));
	else
		fail(r->err, "%.160s: %s", r->name, text_str(&says));
	text_free(&says);
	return false;
}

size_t reading_enter(struct reading *r, const char *format, ...)
{
	size_t was = r->where.len;
	va_list ap;

	if (was && *format != '[')
		text_addc(&r->where, '.');
	va_start(ap, format);
	text_vprintf(&r->where, format, ap);
	va_end(ap);
	return was;
}

void reading_leave(struct reading *r, size_t was)
{
	r->where.len = was;
	if (r->where.s)
		r->where.s[was] = '\0';
}

const char *json_word(json_type type)
{
	static const char *const words[] = { [JSON_OBJECT] = "an object", [JSON_ARRAY] = "a list",
		[JSON_STRING] = "a string", [JSON_INTEGER] = "a number",
		[JSON_REAL] = "a number with a point", [JSON_TRUE] = "true", [JSON_FALSE] = "false",
		[JSON_NULL] = "null" };

	return words[type];
}

bool reading_is(struct reading *r, const json_t *value, json_type type)
{
	const char *want = type == JSON_TRUE ? "true or false" : json_word(type);

	if (!value)
		return reading_wrong(r, "missing: %s is expected", want);
	if (json_typeof(value) == type || (type == JSON_TRUE && json_is_false(value)))
		return true;
	return reading_wrong(r, "%s: %s is expected", json_word(json_typeof(value)), want);
}

const json_t *reading_field(struct reading *r, const json_t *object, const char *name,
	json_type type)
{
	const json_t *value = json_object_get(object, name);
	size_t was = reading_enter(r, "%s", name);
	bool ok = reading_is(r, value, type);

	reading_leave(r, was);
	return ok ? value : NULL;
}

bool reading_number(struct reading *r, const json_t *object, const char *name, int64_t least,
	uint64_t most, uint64_t *out)
{
	const json_t *value = reading_field(r, object, name, JSON_INTEGER);
	json_int_t n = json_integer_value(value);
	size_t was;

	if (!value)
		return false;
	*out = (uint64_t)n;
	if (n >= least && (n < 0 || (uint64_t)n <= most))
		return true;
	was = reading_enter(r, "%s", name);
	reading_wrong(r, "%lld: a number from %lld to %llu is expected", (long long)n,
		(long long)least, (unsigned long long)most);
	reading_leave(r, was);
	return false;
}

bool reading_hex(struct reading *r, const json_t *object, const char *name,
	unsigned digits, uint64_t *out)
{
	const json_t *value = reading_field(r, object, name, JSON_STRING);
	const char *s = json_string_value(value);
	size_t n, was;

	if (!value)
		return false;
	n = strncmp(s, "0x", 2) == 0 ? strspn(s + 2, "0123456789abcdefABCDEF") : 0;
	if (n > 0 && n <= digits && !s[2 + n]) {
		*out = strtoull(s + 2, NULL, 16);
		return true;
	}
	was = reading_enter(r, "%s", name);
	reading_wrong(r, "\"%.40s\": 0x and %u hexadecimal digits are expected", s, digits);
	reading_leave(r, was);
	return false;
}

bool reading_bytes(struct reading *r, const char *hex, uint8_t *out, size_t size)
{
	size_t n = strlen(hex);

	if (n != 2 * size)
		return reading_wrong(r, "%zu digits: %zu are expected", n, 2 * size);
	for (size_t i = 0; i < n; i++)
		if (hex_digit(hex[i]) < 0)
			return reading_wrong(r, "digit %zu is no hexadecimal digit", i);
	hex_read(out, hex, size);
	return true;
}

/* Files */

static bool read_all(FILE *in, const char *name, struct text *out, struct error *err)
{
	char buf[1 << 16];
	size_t n;

	while ((n = fread(buf, 1, sizeof buf, in)) > 0) {
		if (out->len + n > READING_MOST)
			return fail(err, "%.160s: the file is too large: %d bytes at most", name,
				READING_MOST);
		text_addn(out, buf, n);
	}
	if (ferror(in))
		return fail(err, "%.160s: it cannot be read: %s", name, strerror(errno));
	if (out->len == 0)
		return fail(err,
			"%.160s: the file is empty: a snapshot in the format " READING_FORMAT
			" is expected", name);
	return true;
}

static bool read_file(FILE *in, const char *name, struct text *out, struct error *err)
{
	struct stat info;
	bool known = fstat(fileno(in), &info) == 0;

	if (known && S_ISDIR(info.st_mode))
		return fail(err, "%.160s: this is a folder, not a snapshot", name);
	if (known && S_ISREG(info.st_mode) && info.st_size > READING_MOST)
		return fail(err, "%.160s: %lld bytes are too many: %d at most", name,
			(long long)info.st_size, READING_MOST);
	return read_all(in, name, out, err);
}

json_t *reading_document(FILE *in, const char *name, struct error *err)
{
	struct text text = { 0 };
	json_t *all = NULL;
	json_error_t why;

	if (read_file(in, name, &text, err)) {
		all = json_loadb(text.s, text.len, JSON_REJECT_DUPLICATES, &why);
		if (!all)
			fail(err, "%.160s:%d:%d: this is no JSON: %s", name, why.line, why.column,
				why.text);
	}
	text_free(&text);
	return all;
}
