/* SPDX-License-Identifier: MIT */
/* Sources of captures: what a live program's map was, each time that it was looked at. */
#include "model/source/source.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/source/source_parts.h"

/* What the capture is read by. NULL with err filled. */
static struct source_setting *make_setting(const struct capture *c,
	const struct source_setting *before, struct error *err)
{
	struct source_setting *set = xcalloc(1, sizeof *set);

	declared_copy(&set->declared, &c->declared);
	set->target = c->target;
	set->release = c->release;
	set->base = capture_base(c, before ? before->base : 0);
	set->hashed = c->hashed && !c->redacted;
	set->family = c->family;
	set->hashkey_size = c->hashkey_size;
	if (set->hashed)
		memcpy(set->hashkey, c->hashkey, sizeof set->hashkey);
	set->type = maptype_new(c->type, &(struct gotype_scope){ .target = c->target,
		.release = c->release, .declared = &set->declared }, err);
	if (set->type) {
		set->part = part_of(set->type);
		return set;
	}
	setting_free(set);
	return NULL;
}

bool source_add_captured(struct source *src, struct capture *c, struct error *err)
{
	const struct source_setting *before = src->nsettings ? src->settings[src->nsettings - 1]
		: NULL;
	struct source_setting *set = make_setting(c, before, err);
	struct source_snapshot s = { .captured = c };

	if (!set) {
		capture_free(c);
		free(c);
		return false;
	}
	s.setting = source_settle(src, set);
	s.title = src->count ? xasprintf("%s, capture %zu", c->name, src->count + 1) :
		xstrdup(c->name);
	buckets_start(&s.buckets);
	xadd(src->list, src->count, src->cap, s);
	return true;
}

struct source *source_captured(struct capture *c, struct error *err)
{
	struct source *src = xcalloc(1, sizeof *src);

	src->name = xasprintf("%s · %s", c->from, c->name);
	if (source_add_captured(src, c, err))
		return src;
	source_free(src);
	return NULL;
}

bool source_is_captured(const struct source *src)
{
	return src && src->count && src->list[0].captured;
}
