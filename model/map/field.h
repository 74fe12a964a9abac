/* SPDX-License-Identifier: MIT */
/* Where the fields of the runtime's structs lie, as tables that rules and views share. */
#ifndef MODEL_MAP_FIELD_H
#define MODEL_MAP_FIELD_H

#include <stdint.h>

enum field_kind { FIELD_NUMBER, FIELD_HEX, FIELD_FLAGS, FIELD_POINTER };

struct field {
	const char *name;     /* as in the runtime's source */
	const char *gotype;
	uint8_t offset32, offset64;
	uint8_t size;         /* 0: one word */
	enum field_kind kind;
};

static inline unsigned field_offset(const struct field *f, unsigned ptrsize)
{
	return ptrsize == 8 ? f->offset64 : f->offset32;
}

static inline unsigned field_size(const struct field *f, unsigned ptrsize)
{
	return f->size ? f->size : ptrsize;
}

#endif
