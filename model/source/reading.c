/* SPDX-License-Identifier: MIT */
#include "model/source/reading.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/hex.h"
#include "model/base/mem.h"

struct reading *reading_enter(struct reading *r, const char *name)
{
	r->where[r->depth++] = (struct step){ .name = name };
	return r;
}

struct reading *reading_enter_item(struct reading *r, uint64_t i)
{
	r->where[r->depth++] = (struct step){ .item = i };
	return r;
}

void reading_leave(struct reading *r)
{
	r->depth--;
}

void reading_path(const struct reading *r, struct text *out)
{
	for (unsigned i = 0; i < r->depth; i++) {
		if (!r->where[i].name)
			text_printf(out, "[%llu]", (unsigned long long)r->where[i].item);
		else
			text_printf(out, "%s%s", i ? "." : "", r->where[i].name);
	}
}

bool reading_wrong(struct reading *r, const char *format, ...)
{
	struct text says = { 0 }, where = { 0 };
	va_list ap;

	va_start(ap, format);
	text_vprintf(&says, format, ap);
	va_end(ap);
	reading_path(r, &where);
	fail(r->err, "%.160s: %.120s%s%s", r->name, text_str(&where), where.len ? ": " : "",
		text_str(&says));
	text_free(&says);
	text_free(&where);
	return false;
}

const char *pull_word(enum pull_kind kind)
{
	static const char *const words[] = { [PULL_OBJECT] = "an object", [PULL_LIST] = "a list",
		[PULL_STRING] = "a string", [PULL_INTEGER] = "a number",
		[PULL_REAL] = "a number with a point", [PULL_TRUE] = "true",
		[PULL_FALSE] = "false", [PULL_NULL] = "null" };

	return words[kind];
}

bool reading_value(struct reading *r, enum pull_kind want)
{
	enum pull_kind kind;

	if (!pull_value(r->pull, &kind))
		return false;
	return kind == want ||
		reading_wrong(r, "%s: %s is expected", pull_word(kind), pull_word(want));
}

bool reading_or_null(struct reading *r, enum pull_kind kind, const char *want, bool *there)
{
	enum pull_kind is;

	if (!pull_value(r->pull, &is))
		return false;
	*there = is == kind;
	return *there || is == PULL_NULL ||
		reading_wrong(r, "%s: %s is expected", pull_word(is), want);
}

bool reading_string(struct reading *r, char **out)
{
	if (!reading_value(r, PULL_STRING))
		return false;
	*out = xstrdup(text_str(&r->pull->text));
	return true;
}

bool reading_bytes(struct reading *r, const struct text *hex, uint8_t *out, size_t size)
{
	size_t good;

	if (hex->len != 2 * size)
		return reading_wrong(r, "%zu digits: %zu are expected", hex->len, 2 * size);
	good = hex_read(out, text_str(hex), size);
	return good == 2 * size || reading_wrong(r, "digit %zu is no hexadecimal digit", good);
}

bool reading_items(struct reading *r, reading_item *read, void *into)
{
	bool more;

	for (uint64_t i = 0;; i++) {
		if (!pull_item(r->pull, &more))
			return false;
		if (!more)
			return true;
		reading_enter_item(r, i);
		if (!read(r, i, into))
			return false;
		reading_leave(r);
	}
}

bool reading_list(struct reading *r, reading_item *read, void *into)
{
	return reading_value(r, PULL_LIST) && reading_items(r, read, into);
}

/* Fields */

static bool read_number(struct reading *r, const struct member *f, uint64_t *out)
{
	int64_t n;

	if (!reading_value(r, PULL_INTEGER))
		return false;
	n = r->pull->number;
	*out = (uint64_t)n;
	return (n >= f->least && (n < 0 || (uint64_t)n <= f->most)) ||
		reading_wrong(r, "%lld: a number from %lld to %llu is expected", (long long)n,
			(long long)f->least, (unsigned long long)f->most);
}

bool reading_hex_text(struct reading *r, unsigned digits, uint64_t *out)
{
	const char *s = text_str(&r->pull->text);
	size_t n = strncmp(s, "0x", 2) == 0 ? strspn(s + 2, "0123456789abcdefABCDEF") : 0;

	if (n == 0 || n > digits || s[2 + n])
		return reading_wrong(r, "\"%.40s\": 0x and %u hexadecimal digits are expected", s,
			digits);
	*out = strtoull(s + 2, NULL, 16);
	return true;
}

static bool reading_hex(struct reading *r, unsigned digits, uint64_t *out)
{
	return reading_value(r, PULL_STRING) && reading_hex_text(r, digits, out);
}

static bool read_flag(struct reading *r, bool *out)
{
	enum pull_kind kind;

	if (!pull_value(r->pull, &kind))
		return false;
	*out = kind == PULL_TRUE;
	return kind == PULL_TRUE || kind == PULL_FALSE ||
		reading_wrong(r, "%s: true or false is expected", pull_word(kind));
}

static bool read_line(struct reading *r, uint64_t i, void *into)
{
	(void)i;
	if (!reading_value(r, PULL_STRING))
		return false;
	text_printf(into, "%s\n", text_str(&r->pull->text));
	return true;
}

static bool read_lines(struct reading *r, char **out)
{
	struct text lines = { 0 };
	bool ok;

	text_add(&lines, "");
	ok = reading_list(r, read_line, &lines);
	free(*out);
	*out = lines.s;
	return ok;
}

static bool read_one(struct reading *r, const struct member *f, void *into)
{
	void *at = (char *)into + f->offset;

	switch (f->kind) {
	case MEMBER_NUMBER:
		return read_number(r, f, at);
	case MEMBER_HEX:
		return reading_hex(r, (unsigned)f->most, at);
	case MEMBER_WORD:
		return reading_string(r, at);
	case MEMBER_LINES:
		return read_lines(r, at);
	case MEMBER_FLAG:
		return read_flag(r, at);
	default:
		return f->read(r, into);
	}
}

static const char *member_wants(const struct member *f)
{
	static const char *const words[] = { [MEMBER_NUMBER] = "a number",
		[MEMBER_HEX] = "a string",
		[MEMBER_WORD] = "a string",
		[MEMBER_LINES] = "a list of strings",
		[MEMBER_FLAG] = "true or false" };

	return f->kind == MEMBER_OTHER ? f->want : words[f->kind];
}

static unsigned count_rows(const struct members *fields)
{
	return fields ? fields->count + count_rows(fields->more) : 0;
}

static const struct member *row(const struct members *fields, unsigned i)
{
	for (; i >= fields->count; fields = fields->more)
		i -= fields->count;
	return &fields->list[i];
}

static bool row_applies(const struct members *fields, unsigned i, const void *into)
{
	for (; i >= fields->count; fields = fields->more)
		i -= fields->count;
	return !fields->apply || fields->apply(into);
}

static bool check_missing(struct reading *r, const struct members *fields, const void *into,
	uint64_t seen)
{
	for (unsigned i = 0; i < count_rows(fields); i++) {
		const struct member *f = row(fields, i);

		if (!f->needed || seen >> i & 1 || !row_applies(fields, i, into))
			continue;
		return reading_wrong(reading_enter(r, f->name), "missing: %s is expected",
			member_wants(f));
	}
	return true;
}

/* The number of the row, looked for from `from` on: fields mostly come in the order of
   the table. */
static unsigned find_row(const struct members *fields, unsigned count, const void *into,
	unsigned from, const char *name)
{
	for (unsigned k = 0; k < count; k++) {
		unsigned i = from + k < count ? from + k : from + k - count;

		if (strcmp(row(fields, i)->name, name) == 0 && row_applies(fields, i, into))
			return i;
	}
	return count;
}

bool reading_members(struct reading *r, const struct members *fields, void *into, uint64_t *seen)
{
	unsigned count = count_rows(fields), next = 0;
	enum pull_kind kind;
	bool more;

	for (*seen = 0;;) {
		unsigned i;

		if (!pull_member(r->pull, &more))
			return false;
		if (!more)
			return check_missing(r, fields, into, *seen);
		i = find_row(fields, count, into, next, r->pull->name_of.s);
		if (i == count) {
			if (!pull_value(r->pull, &kind) || !pull_skip(r->pull, kind))
				return false;
			continue;
		}
		next = i + 1;
		*seen |= 1ull << i;
		reading_enter(r, row(fields, i)->name);
		if (!read_one(r, row(fields, i), into))
			return false;
		reading_leave(r);
	}
}

bool reading_object(struct reading *r, const struct members *fields, void *into, uint64_t *seen)
{
	return reading_value(r, PULL_OBJECT) && reading_members(r, fields, into, seen);
}
