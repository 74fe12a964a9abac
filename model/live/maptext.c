/* SPDX-License-Identifier: MIT */
#include "model/live/maptext.h"

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/live/typetext.h"

/* Whether the type, as it is read, is laid out as the program has it. */
static bool is_laid_alike(const struct rtypes *r, uint64_t at, const char *text,
	struct declared *declared)
{
	struct gotype_scope scope = { .target = r->program->target,
		.release = r->program->release, .declared = declared };
	struct error unused;
	struct maptype *type = maptype_new(text, &scope, &unused);
	struct rtype map, key, elem;
	struct rmap m;
	bool same = type && rtype_read(r, at, &map) && rtype_map(r, &map, &m) &&
		rtype_read(r, map.key, &key) && rtype_read(r, map.elem, &elem) &&
		type->unit.size == m.size && type->key->size == key.size &&
		type->elem->size == elem.size && type->indirect_key == m.indirect_key &&
		type->indirect_elem == m.indirect_elem &&
		unit_key(&type->unit, 1) == m.keys + m.key_step &&
		unit_elem(&type->unit, 1) == m.elems + m.elem_step;

	maptype_free(type);
	return same;
}

bool maptext_write(const struct rtypes *r, uint64_t type, char **text, struct declared *declared,
	struct error *err)
{
	struct text named = { 0 }, plain = { 0 };
	struct error unused;
	bool ok = typetext_named(r, type, &named, declared, &unused) &&
		is_laid_alike(r, type, text_str(&named), declared);

	if (ok) {
		*text = xstrdup(text_str(&named));
	} else {
		declared_free(declared);
		ok = typetext_plain(r, type, &plain, err);
		*text = xstrdup(text_str(&plain));
	}
	text_free(&named);
	text_free(&plain);
	return ok;
}
