/* SPDX-License-Identifier: MIT */
#include "model/live/map_call.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

enum {
	CALL_SIZE = 5, CALL = 0xe8, /* of amd64 and 386: behind it where to, from its end on */
	BL_SIZE = 4, BL = 0x25,   /* of arm64: in the upper 6 bits */
	BEFORE = 80,              /* bytes before a call in which the type is looked for */
};

static const struct {
	const char *prefix;
	enum map_work work;
} works[] = {
	{ "runtime.makemap_small", MAP_WORK_HEADER },
	{ "runtime.makemap", MAP_WORK_MAKE },
	{ "runtime.mapassign", MAP_WORK_ASSIGN },
	{ "runtime.mapdelete", MAP_WORK_DELETE },
	{ "runtime.mapclear", MAP_WORK_CLEAR },
	{ "runtime.mapclone", MAP_WORK_COPY },
	{ "runtime.mapaccess", MAP_WORK_READ },
	{ "runtime.mapiter", MAP_WORK_RANGE },
	{ "runtime.mapIter", MAP_WORK_RANGE },
	{ "reflect.makemap", MAP_WORK_MAKE },
	{ "reflect.mapassign", MAP_WORK_ASSIGN },
	{ "reflect.mapdelete", MAP_WORK_DELETE },
	{ "reflect.mapclear", MAP_WORK_CLEAR },
	{ "reflect.mapaccess", MAP_WORK_READ },
	{ "reflect.mapiter", MAP_WORK_RANGE },
	{ "maps.clone", MAP_WORK_COPY },
	{ "internal/runtime/maps.NewEmptyMap", MAP_WORK_HEADER },
	{ "internal/runtime/maps.NewMap", MAP_WORK_MAKE },
	{ "internal/runtime/maps.", MAP_WORK_INSIDE },
};

bool begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

enum map_work map_work_of(const char *function)
{
	for (size_t i = 0; i < sizeof works / sizeof *works; i++)
		if (begins(function, works[i].prefix))
			return works[i].work;
	return MAP_WORK_NONE;
}

bool is_runtime(const char *function)
{
	return begins(function, "runtime.") || begins(function, "internal/runtime/");
}

static uint32_t word_of(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Where the call goes that ends at `back`. */
static bool target_before(struct functions *f, uint64_t back, uint64_t *target)
{
	uint8_t code[CALL_SIZE];
	uint32_t word;

	if (f->quantum == BL_SIZE) {
		if (!image_read(f->image, back - BL_SIZE, code, BL_SIZE))
			return false;
		word = word_of(code);
		*target = back - BL_SIZE + (uint64_t)(int64_t)((int32_t)(word << 6) >> 4);
		return word >> 26 == BL;
	}
	if (!image_read(f->image, back - CALL_SIZE, code, CALL_SIZE) || code[0] != CALL)
		return false;
	*target = back + (uint64_t)(int64_t)(int32_t)word_of(code + 1);
	if (f->image->ptrsize == 4)
		*target = (uint32_t)*target;
	return true;
}

/* The descriptor that an instruction at `at` of the code takes the address of; NULL: none. */
static const struct map_type *type_by(struct functions *f, const struct map_types *types,
	const uint8_t *code, uint64_t at)
{
	uint64_t addr;

	/* LEAL addr, R */
	if (f->image->ptrsize == 4)
		return code[0] == 0x8d && (code[1] & 0xc7) == 0x05 ?
			map_types_at(types, word_of(code + 2)) : NULL;
	/* LEAQ addr(IP), AX; the registers that Go passes arguments in begin with it. */
	if (code[0] != 0x48 || code[1] != 0x8d || code[2] != 0x05)
		return NULL;
	addr = at + 7 + (uint64_t)(int64_t)(int32_t)word_of(code + 3);
	return map_types_at(types, addr);
}

/* Looked for backwards, up to another call or where the function begins. */
static const struct map_type *type_before(struct functions *f,
	const struct map_types *types, const struct function *in, uint64_t back)
{
	uint8_t code[BEFORE];
	uint64_t call = back - CALL_SIZE, unused;
	uint64_t from = call - in->entry < BEFORE ? in->entry : call - BEFORE;
	struct function other;

	if (f->quantum != 1 || !image_read(f->image, from, code, call - from))
		return NULL;
	for (uint64_t at = call; at >= from + 7; at--) {
		const uint8_t *behind = code + (at - from);
		const struct map_type *t = type_by(f, types, behind - 7, at - 7);

		if (f->image->ptrsize == 4 && !t)
			t = type_by(f, types, behind - 6, at - 6);
		if (t)
			return t;
		if (behind[-5] == CALL && target_before(f, at, &unused) &&
			functions_find(f, unused, &other) && other.entry == unused)
			return NULL;
	}
	return NULL;
}

bool map_call_before(struct functions *f, const struct map_types *types, uint64_t back,
	struct map_call *c)
{
	struct function in, to;
	struct text name = { 0 };
	uint64_t target;

	*c = (struct map_call){ 0 };
	if (!functions_find(f, back - 1, &in) || back - in.entry < CALL_SIZE ||
		!target_before(f, back, &target) || !functions_find(f, target, &to) ||
		to.entry != target || !functions_name(f, &to, &name)) {
		text_free(&name);
		return false;
	}
	c->function = xstrdup(text_str(&name));
	c->work = map_work_of(c->function);
	if (c->work != MAP_WORK_NONE && c->work != MAP_WORK_HEADER)
		c->type = type_before(f, types, &in, back);
	text_free(&name);
	return true;
}

void map_call_free(struct map_call *c)
{
	free(c->function);
	*c = (struct map_call){ 0 };
}
