/* SPDX-License-Identifier: MIT */
#include "tui/view/leaf.h"

#include <inttypes.h>

bool all_zero(const uint8_t *p, uint32_t size)
{
	for (uint32_t i = 0; i < size; i++)
		if (p[i])
			return false;
	return true;
}

static bool words_of(const struct gotype *t, uint64_t at, struct leaf *leaf)
{
	static const char *const slice[] = { "the pointer", "the length", "the capacity" };
	unsigned word = t->target->ptrsize;

	*leaf = (struct leaf){ .type = t, .size = word, .at = at % word };
	switch (t->kind) {
	case KIND_STRING:
	case KIND_SLICE:
		leaf->what = slice[at / word];
		return true;
	case KIND_ANY:
		leaf->what = at / word ? "the data word" : "the type word";
		return true;
	case KIND_ERROR:
	case KIND_INTERFACE:
		leaf->what = at / word ? "the data word" : "the itab word";
		return true;
	case KIND_COMPLEX64:
	case KIND_COMPLEX128:
		leaf->size = t->size / 2;
		leaf->at = at % leaf->size;
		leaf->what = at / leaf->size ? "the imaginary part" : "the real part";
		return true;
	default:
		return false;
	}
}

/* Goes down to the part that holds byte `at`; `path` is what one would write in Go. */
static struct leaf find_leaf(const struct gotype *t, uint64_t at, struct text *path)
{
	struct leaf leaf = { .size = 1 };

	while (t->kind == KIND_ARRAY || t->kind == KIND_STRUCT) {
		unsigned i = 0;

		if (t->kind == KIND_ARRAY) {
			text_printf(path, "[%" PRIu64 "]", at / t->elem->size);
			at %= t->elem->size;
			t = t->elem;
			continue;
		}
		while (i < t->nfields && (at < t->fields[i].offset ||
				at >= t->fields[i].offset + t->fields[i].type->size))
			i++;
		if (i == t->nfields)
			return leaf;
		text_printf(path, ".%s", t->fields[i].name);
		at -= t->fields[i].offset;
		t = t->fields[i].type;
	}
	if (!words_of(t, at, &leaf))
		leaf = (struct leaf){ .type = t, .size = t->size, .at = at };
	return leaf;
}

void leaf_add_bits(struct text *out, const struct target *t, const struct leaf *leaf)
{
	uint64_t low = 8 * (t->big_endian ? leaf->size - 1 - leaf->at : leaf->at);

	if (leaf->size > 1)
		text_printf(out, "bits %" PRIu64 " to %" PRIu64 " of ", low, low + 7);
}

void leaf_add(struct text *out, const struct gotype *t, uint64_t at)
{
	struct text path = { 0 };
	struct leaf leaf = find_leaf(t, at, &path);

	if (!leaf.type) {
		text_add(out, "padding, which no field uses");
	} else {
		leaf_add_bits(out, t->target, &leaf);
		text_printf(out, "%s%.40s", leaf.what ? leaf.what : "the ",
			leaf.what ? "" : leaf.type->name);
		if (path.len)
			text_printf(out, "%s%.60s", leaf.what ? " of " : " ", text_str(&path));
	}
	text_free(&path);
}
