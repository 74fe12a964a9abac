/* SPDX-License-Identifier: MIT */
#include "model/session/run.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/go/quoted.h"
#include "model/go/store.h"
#include "model/session/args.h"

enum { DIGITS_MOST = 18 }; /* of a number in 64 bits, whatever they are */

/* The digits at the end of a text, as far as a number can have them. */
static unsigned digits_at_end(const struct text *t)
{
	unsigned n = 0;

	while (n < t->len && n < DIGITS_MOST && isdigit((unsigned char)t->s[t->len - n - 1]))
		n++;
	return n;
}

static int64_t number_at_end(const struct text *t, unsigned digits)
{
	return digits ? (int64_t)strtoll(t->s + t->len - digits, NULL, 10) : 0;
}

/* Whether the texts differ in the numbers at their ends only. */
static bool make_run(struct key_run *r, const struct text *a, const struct text *b,
	struct error *err)
{
	unsigned x = digits_at_end(a), y = digits_at_end(b);

	/* What only looks like a part of the number, as in a9..a10 of a07..a12, is the same. */
	if (x == 0 || y == 0 || a->len - x != b->len - y || memcmp(a->s, b->s, a->len - x) != 0)
		return fail(err, "the ends of a run are alike but for the numbers they end with: "
			"\"key-0\"..\"key-9\"");
	r->from = number_at_end(a, x);
	r->to = number_at_end(b, y);
	r->len = a->len - x;
	r->prefix = xmalloc(r->len + 1);
	memcpy(r->prefix, a->s, r->len);
	r->width = x > 1 && a->s[r->len] == '0' ? x : 0;
	if (r->width && x != y)
		return fail(err, "the numbers of a run that have zeros before them are of one "
			"length: \"key-07\"..\"key-12\"");
	return true;
}

static bool parse_text(struct key_run *r, const char **at, struct error *err)
{
	struct text a = { 0 }, b = { 0 };
	const char *s = *at;
	bool ok = false;

	if (quoted_read(&s, &a, "key", err) && strncmp(s, "..", 2) == 0) {
		s += 2;
		if (*s != '"' && *s != '`')
			fail(err, "a run of strings ends with one: \"key-0\"..\"key-9\"");
		else
			ok = quoted_read(&s, &b, "key", err) && make_run(r, &a, &b, err);
		*at = s;
	} else {
		err->msg[0] = '\0'; /* a key that stands alone */
	}
	text_free(&a);
	text_free(&b);
	return ok;
}

bool run_parse(struct key_run *r, const char **at, const struct gotype *key, struct error *err)
{
	*r = (struct key_run){ 0 };
	err->msg[0] = '\0';
	if (key->kind == KIND_STRING && (**at == '"' || **at == '`'))
		return parse_text(r, at, err);
	return args_run(at, &r->from, &r->to);
}

void run_free(struct key_run *r)
{
	free(r->prefix);
	r->prefix = NULL;
}

bool run_text_key(const struct key_run *r, const struct value_home *home, int64_t i, uint8_t *out,
	struct error *err)
{
	char digits[32];
	struct text text = { 0 };
	bool ok;

	snprintf(digits, sizeof digits, "%0*lld", (int)r->width, (long long)i);
	text_addn(&text, r->prefix, r->len);
	text_add(&text, digits);
	ok = store_string(home, text.s, text.len, out, err);
	text_free(&text);
	return ok;
}
