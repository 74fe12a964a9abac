/* SPDX-License-Identifier: MIT */
/* Copies of a few bytes. */
#ifndef MODEL_BASE_COPY_H
#define MODEL_BASE_COPY_H

#include <stddef.h>
#include <string.h>

/* The usual sizes one by one, so that each becomes a load and a store. */
static inline void copy_few(void *to, const void *from, size_t len)
{
	switch (len) {
	case 4:
		memcpy(to, from, 4);
		break;
	case 8:
		memcpy(to, from, 8);
		break;
	case 16:
		memcpy(to, from, 16);
		break;
	default:
		memcpy(to, from, len);
	}
}

static inline void zero_few(void *to, size_t len)
{
	switch (len) {
	case 8:
		memset(to, 0, 8);
		break;
	case 16:
		memset(to, 0, 16);
		break;
	default:
		memset(to, 0, len);
	}
}

#endif
