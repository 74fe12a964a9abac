/* SPDX-License-Identifier: MIT */
#include "model/figures/java.h"

#include "model/base/utf8.h"
#include "model/memory/heap.h"

/* Long.hashCode, and Double's of its bits. */
static uint32_t fold(uint64_t v)
{
	return (uint32_t)(v ^ v >> 32);
}

/* String.hashCode: over UTF-16 units; what is no UTF-8 is U+FFFD, as Java decodes it. */
static uint32_t string_code(const char *s, size_t len)
{
	uint32_t code = 0;

	while (len > 0) {
		char32_t ch;
		size_t n = utf8_decode(s, len, &ch);

		if (n == 0) {
			ch = 0xfffd;
			n = 1;
		}
		if (ch >= 0x10000) {
			code = code * 31 + (0xd800 + ((ch - 0x10000) >> 10));
			ch = 0xdc00 + ((ch - 0x10000) & 0x3ff);
		}
		code = code * 31 + ch;
		s += n;
		len -= n;
	}
	return code;
}

static struct java_key string_key(const struct map *m, const uint8_t *key)
{
	const struct target *t = MAP_TARGET(m);
	uint64_t addr = load_uint(t, key, t->ptrsize);
	uint64_t len = load_uint(t, key + t->ptrsize, t->ptrsize);

	if (len && !heap_holds(m->heap, addr, len)) /* of a program, and not captured */
		return (struct java_key){ 0 };
	return (struct java_key){ "String",
		len ? string_code((const char *)map_at(m, addr), (size_t)len) : 0, 0 };
}

/* Of numbers, and of nothing else. */
static struct java_key number_key(const struct gotype *t, uint64_t v)
{
	bool wide = t->size == 8;

	switch (t->kind) {
	case KIND_BOOL:
		return (struct java_key){ "Boolean", v ? 1231 : 1237, 0 };
	case KIND_FLOAT32: /* one NaN, and two zeros */
		return (struct java_key){ "Float", (v & 0x7fffffff) > 0x7f800000 ? 0x7fc00000
			: (uint32_t)v, 0 };
	case KIND_FLOAT64:
		return (struct java_key){ "Double", (v & INT64_MAX) > 0x7ff0000000000000
			? 0x7ff80000 : fold(v), 0 };
	default:
		if (wide)
			return (struct java_key){ "Long", fold(v), 0 };
		if (gotype_is_signed(t) && t->size < 4) /* as an int, with its sign */
			v |= v >> (8 * t->size - 1) ? ~0ull << 8 * t->size : 0;
		return (struct java_key){ "Integer", (uint32_t)v, 0 };
	}
}

struct java_key java_key_of(const struct map *m, const uint8_t *key)
{
	const struct gotype *t = m->type->key;
	struct java_key k = { 0 };

	if (t->kind == KIND_STRING)
		k = string_key(m, key);
	else if (t->kind <= KIND_FLOAT64)
		k = number_key(t, load_uint(MAP_TARGET(m), key, (unsigned)t->size));
	k.spread = k.code ^ k.code >> 16;
	return k;
}

uint64_t java_capacity(uint64_t entries)
{
	uint64_t capacity = JAVA_CAPACITY;

	if (entries == 0)
		return 0;
	while (entries > capacity / 4 * 3)
		capacity *= 2;
	return capacity;
}

uint64_t java_bytes(uint64_t entries)
{
	uint64_t capacity = java_capacity(entries);

	return JAVA_MAP_BYTES + entries * JAVA_NODE_BYTES +
		(capacity ? JAVA_ARRAY_BYTES + capacity * JAVA_REF_BYTES : 0);
}
