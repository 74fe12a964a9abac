/* SPDX-License-Identifier: MIT */
/* Literals of interfaces: any, of values without a type of their own, and error. */
#include "model/go/literal_parts.h"

#include <ctype.h>
#include <string.h>

#include "model/go/quoted.h"

/* The type that an untyped literal takes on in an interface. */
static enum gotype_kind default_kind(const char *s)
{
	size_t n = strcspn(s, " \t,}#");

	if (*s == '"' || *s == '`')
		return KIND_STRING;
	if (*s == '\'')
		return KIND_INT32;
	if (*s == '(' || (n > 1 && s[n - 1] == 'i' && isdigit((unsigned char)s[n - 2])))
		return KIND_COMPLEX128;
	if (*s == 't' || *s == 'f')
		return KIND_BOOL;
	if (memchr(s, 'I', n) || memchr(s, 'N', n))
		return KIND_FLOAT64;
	if (n > 1 && s[0] == '0' && (s[1] | 0x20) == 'x')
		return KIND_INT;
	if (memchr(s, '.', n) || memchr(s, 'e', n) || memchr(s, 'E', n))
		return KIND_FLOAT64;
	return KIND_INT;
}

bool literal_any(struct reader *r, uint8_t *out)
{
	const struct target *target = r->home->heap->target;
	uint8_t value[16] = { 0 };
	enum gotype_kind kind;

	if (literal_word(r, "nil")) {
		memset(out, 0, 2 * target->ptrsize);
		return true;
	}
	if (!strchr("\"`'(tf+-.0123456789IN", **r->at))
		return fail(r->err,
			"%s %.*s lacks its type: an interface holds such as 42, 1.5, \"text\", "
			"true, int8(5), T{..} or nil", r->what, literal_length(*r->at), *r->at);
	kind = default_kind(*r->at);
	return literal_plain(r, gotype_basic(kind, target), value) &&
		store_boxed(r->home, gotype_basic(kind, target), value, out, r->err);
}

/* The address of the errors.New value with that text; 0 when the program has none yet. */
static uint64_t find_error(const struct heap *h, const struct text *s)
{
	unsigned w = h->target->ptrsize;

	for (uint64_t i = 0; i < h->state.nerrors; i++) {
		const uint8_t *p = heap_at(h, h->state.errors[i]);
		uint64_t len = load_uint(h->target, p + w, w);

		if (len == s->len &&
			memcmp(heap_at(h, load_uint(h->target, p, w)), text_str(s), s->len) == 0)
			return h->state.errors[i];
	}
	return 0;
}

static uint64_t make_error(struct reader *r, const struct text *s)
{
	struct heap *h = r->home->heap;
	struct heap_state *state = &h->state;
	uint8_t header[16];
	uint64_t addr;

	if (!r->home->scratch && state->nerrors == HEAP_ERRORS) {
		fail(r->err, "more than %d different errors", HEAP_ERRORS);
		return 0;
	}
	addr = store_room(r->home, 2 * h->target->ptrsize, true, r->err);
	if (!addr || !store_string(r->home, text_str(s), s->len, header, r->err))
		return 0;
	store_bytes(r->home, addr, header, 2 * h->target->ptrsize);
	if (!r->home->scratch) {
		journal_save(h->journal, state->errors + state->nerrors, sizeof state->errors[0]);
		journal_save(h->journal, &state->nerrors, sizeof state->nerrors);
		state->errors[state->nerrors++] = addr;
	}
	return addr;
}

/* An error is nil or "text": the value that errors.New("text") gave, the same for one text. */
bool literal_error(struct reader *r, const struct gotype *t, uint8_t *out)
{
	unsigned w = t->target->ptrsize;
	struct text s = { 0 };
	uint64_t addr = 0;

	memset(out, 0, 2 * w);
	if (literal_word(r, "nil"))
		return true;
	if (**r->at != '"' && **r->at != '`')
		return literal_not_a(r, t);
	if (quoted_read(r->at, &s, r->what, r->err)) {
		addr = find_error(r->home->heap, &s);
		if (!addr)
			addr = make_error(r, &s);
	}
	text_free(&s);
	store_uint(t->target, out, w, value_type_word(t->target, KIND_BASIC_COUNT));
	store_uint(t->target, out + w, w, addr);
	return addr != 0;
}
