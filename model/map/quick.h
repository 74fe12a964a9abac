/* SPDX-License-Identifier: MIT */
/*
 * The rules are there twice. As they are they serve all maps, and tell and save what they do. Where
 * nobody listens and no journal is kept, on a target whose words have eight bytes in this machine's
 * order, quick.c of each design has them once more: it defines MAP_QUICK, and the compiler then
 * leaves out what such a map never needs.
 */
#ifndef MODEL_MAP_QUICK_H
#define MODEL_MAP_QUICK_H

#include <stddef.h>

#include "model/target/target.h"

#ifdef MAP_QUICK
static const struct target quick_target = { .ptrsize = 8 };
#define MAP_TARGET(m) ((void)(m), &quick_target)
#define MAP_TRACE(m) ((void)(m), (struct trace *)NULL)
#define MAP_SAVES false
#else
#define MAP_TARGET(m) ((m)->type->target)
#define MAP_TRACE(m) ((m)->trace)
#define MAP_SAVES true
#endif

#endif
