/* SPDX-License-Identifier: MIT */
#include "model/live/head.h"

#include "model/live/design.h"

uint64_t head_get(const struct head_reading *r, const struct field *f)
{
	unsigned w = r->wide ? 8 : 4;

	return image_number(r->bytes + field_offset(f, w), field_size(f, w));
}

bool head_object(const struct head_reading *r, uint64_t addr, struct object *o)
{
	return addr && spans_object(&r->h->spans, r->im, addr, o) && o->at == addr;
}

/* What a header takes: an object of its size class. */
static uint64_t head_size(const struct heap_view *h)
{
	const struct executable *p = h->types.program;

	return live_taken(p, live_design(p->release)->size(p), true);
}

enum head_kind head_read(struct heap_view *h, uint64_t at, struct head *head)
{
	struct head_reading r = {
		.h = h, .im = h->types.image, .wide = h->types.image->ptrsize == 8
	};
	uint64_t size = head_size(h);

	*head = (struct head){ .at = at, .bytes = size };
	if (at % h->types.image->ptrsize || !image_read(r.im, at, r.bytes, size))
		return HEAD_NONE;
	return live_design(h->types.program->release)->read(&r, head);
}

/* The words of a header that are pointers, a bit each. */
static uint64_t pointer_words(const struct heap_view *h)
{
	const struct release *r = h->types.program->release;
	unsigned w = h->types.image->ptrsize, count;
	const struct field *fields = live_design(r)->fields(r, &count);
	uint64_t words = 0;

	for (unsigned i = 0; i < count; i++)
		if (fields[i].name && fields[i].kind == FIELD_POINTER)
			words |= 1ull << field_offset(&fields[i], w) / w;
	return words;
}

static enum head_kind read_object(struct heap_view *h, const struct span *s, uint64_t i,
	struct head *head)
{
	uint64_t words;

	if (!span_in_use(s, h->types.image, i) ||
		(spans_pointers(&h->spans, s, h->types.image, i, &words) &&
			words != pointer_words(h)))
		return HEAD_NONE;
	return head_read(h, s->start + i * s->size, head);
}

uint64_t heads_find(struct heap_view *h, head_sink *sink, void *data)
{
	uint64_t empty = 0, size = head_size(h);
	struct head head;

	for (size_t k = 0; k < h->spans.count; k++) {
		const struct span *s = &h->spans.list[k];

		if (s->size != size || s->noscan)
			continue;
		for (uint64_t i = 0; i < s->objects; i++) {
			enum head_kind kind = read_object(h, s, i, &head);

			empty += kind == HEAD_EMPTY;
			if (kind == HEAD_HELD)
				sink(data, &head);
		}
	}
	return empty;
}
