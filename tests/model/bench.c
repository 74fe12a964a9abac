/* SPDX-License-Identifier: MIT */
#include "tests/model/bench.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "tests/model/rig.h"

void bench_open(struct bench *b, const char *type, const char *arch)
{
	char *map = xasprintf("map[int]%s", type);

	*b = (struct bench){ 0 };
	rig_open(&b->s, map, arch, true);
	free(map);
	b->type = b->s.world.map.type->elem;
	b->home = (struct value_home){ .heap = &b->s.world.heap };
	b->value = xcalloc(1, b->type->size);
}

void bench_close(struct bench *b)
{
	free(b->value);
	session_close(&b->s);
}

bool bench_read(struct bench *b, const char *literal, uint8_t *value)
{
	return value_parse(&b->home, b->type, &literal, value, "key", &b->err) && *literal == '\0';
}

char *bench_write(struct bench *b, const uint8_t *value)
{
	struct text out = { 0 };

	value_format(&b->s.world.heap, b->type, value, &out, 0);
	return out.s;
}
