/* SPDX-License-Identifier: MIT */
#include "model/live/variables.h"

#include <dwarf.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/text.h"

enum {
	AT_GO_KIND = 0x2900, AT_GO_RUNTIME_TYPE = 0x2904, /* cmd/internal/dwarf */
	DEPTH_MOST = 12,        /* of parts without a descriptor in each other */
	PARTS_MOST = 1024,      /* elements of such an array or slice, */
	PLAIN_MOST = 1 << 18,   /* or when all that is in them has a descriptor */
	TYPEDEFS_MOST = 32,
};

struct variable {
	const char *name;       /* the debugging information's */
	uint64_t addr;
	uint64_t type;          /* its descriptor; 0: it has none, but: */
	Dwarf_Die die;          /* its type */
};

/* What tells of a type on the way through its typedefs. */
struct known {
	uint64_t descriptor;    /* 0: it has none */
	uint64_t kind;          /* Go's */
	Dwarf_Die die;          /* behind them */
};

struct adding {
	struct walk *walk;
	struct heap_view *h;
	struct text name;
};

/* A part of a value that lies where it lies in every value of the type. */
struct leaf {
	uint64_t offset;
	uint64_t type;          /* its descriptor; 0: it has none, but: */
	Dwarf_Die die;
	char *name;             /* behind the value's; owned */
};

struct leaves {
	struct leaf *list;      /* owned */
	size_t count, cap;
	struct text name;
};

static bool number(Dwarf_Die *die, unsigned which, uint64_t *value)
{
	Dwarf_Attribute a;
	Dwarf_Word word;
	Dwarf_Addr addr;

	*value = 0;
	if (!dwarf_attr(die, which, &a))
		return false;
	if (dwarf_formudata(&a, &word) == 0)
		*value = word;
	else if (dwarf_formaddr(&a, &addr) == 0)
		*value = addr;
	else
		return false;
	return true;
}

static bool type_of(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute a;

	return dwarf_attr(die, DW_AT_type, &a) && dwarf_formref_die(&a, type);
}

/* The descriptor of a type; 0 when it has none. */
static uint64_t descriptor(const struct module *m, Dwarf_Die *type)
{
	uint64_t offset;

	return number(type, AT_GO_RUNTIME_TYPE, &offset) && offset &&
		offset < m->types_end - m->types ? m->types + offset : 0;
}

static struct known look_up(const struct module *m, const Dwarf_Die *type)
{
	struct known n = { .die = *type };
	Dwarf_Die next;
	uint64_t kind;

	for (unsigned i = 0; i < TYPEDEFS_MOST; i++) {
		n.descriptor = descriptor(m, &n.die);
		if (!n.kind && number(&n.die, AT_GO_KIND, &kind))
			n.kind = kind & 31;
		if (n.descriptor || dwarf_tag(&n.die) != DW_TAG_typedef || !type_of(&n.die, &next))
			break;
		n.die = next;
	}
	return n;
}

/* The next member of a struct from *part on, with its type; false behind the last. */
static bool member(Dwarf_Die *part, Dwarf_Die *of, uint64_t *offset)
{
	while (dwarf_tag(part) != DW_TAG_member || !dwarf_diename(part) || !type_of(part, of))
		if (dwarf_siblingof(part, part) != 0)
			return false;
	number(part, DW_AT_data_member_location, offset);
	return true;
}

static void cut_name(struct text *name, size_t len)
{
	name->len = len;
	name->s[len] = '\0';
}

/* A trie is called as the sync.Map is whose one field it is. */
static bool is_trie_of(Dwarf_Die *map, Dwarf_Die *field)
{
	const char *name = dwarf_diename(map), *of = dwarf_diename(field);

	return name && of && strcmp(name, "sync.Map") == 0 &&
		strncmp(of, "internal/sync.HashTrieMap[", 26) == 0;
}

static void add_type(struct adding *a, uint64_t addr, Dwarf_Die *type, unsigned depth);

/* An atomic.Pointer[T] tells by an array of no *T what its unsafe.Pointer leads to. */
static bool add_atomic(struct adding *a, uint64_t addr, Dwarf_Die *type, unsigned depth)
{
	const char *name = dwarf_diename(type);
	Dwarf_Die part, of, pointer, to;
	uint64_t offset, at;

	if (!name || strncmp(name, "sync/atomic.Pointer[", 20) != 0 ||
		dwarf_child(type, &part) != 0 || !member(&part, &of, &offset) ||
		dwarf_tag(&of) != DW_TAG_array_type || !type_of(&of, &pointer) ||
		dwarf_tag(&pointer) != DW_TAG_pointer_type || !type_of(&pointer, &to))
		return false;
	do
		if (dwarf_siblingof(&part, &part) != 0 || !member(&part, &of, &offset))
			return false;
	while (strcmp(dwarf_diename(&part), "v") != 0);
	if (image_word(a->h->types.image, addr + offset, &at) && at)
		add_type(a, at, &to, depth + 1);
	return true;
}

static void add_struct(struct adding *a, uint64_t addr, Dwarf_Die *type, unsigned depth)
{
	size_t len = a->name.len;
	Dwarf_Die part, of;
	uint64_t offset;

	if (add_atomic(a, addr, type, depth) || dwarf_child(type, &part) != 0)
		return;
	for (bool more = true; more && member(&part, &of, &offset);) {
		if (!is_trie_of(type, &of))
			text_printf(&a->name, ".%s", dwarf_diename(&part));
		add_type(a, addr + offset, &of, depth + 1);
		cut_name(&a->name, len);
		more = dwarf_siblingof(&part, &part) == 0;
	}
}

static void find_leaves(struct leaves *l, const struct module *m, uint64_t offset, Dwarf_Die *type,
	unsigned depth);

static void find_fields(struct leaves *l, const struct module *m, uint64_t offset, Dwarf_Die *type,
	unsigned depth)
{
	size_t len = l->name.len;
	Dwarf_Die part, of;
	uint64_t at;

	if (dwarf_child(type, &part) != 0)
		return;
	for (bool more = true; more && member(&part, &of, &at);) {
		if (!is_trie_of(type, &of))
			text_printf(&l->name, ".%s", dwarf_diename(&part));
		find_leaves(l, m, offset + at, &of, depth + 1);
		cut_name(&l->name, len);
		more = dwarf_siblingof(&part, &part) == 0;
	}
}

/* Structs without a descriptor are taken apart once, not for every element. */
static void find_leaves(struct leaves *l, const struct module *m, uint64_t offset, Dwarf_Die *type,
	unsigned depth)
{
	struct known n = look_up(m, type);

	if (!n.descriptor && n.kind == RKIND_STRUCT && depth < DEPTH_MOST) {
		find_fields(l, m, offset, &n.die, depth);
		return;
	}
	xadd(l->list, l->count, l->cap,
		(struct leaf){ offset, n.descriptor, *type, xstrdup(text_str(&l->name)) });
}

static void add_leaf(struct adding *a, uint64_t addr, struct leaf *leaf, unsigned depth)
{
	size_t len = a->name.len;

	text_add(&a->name, leaf->name);
	if (leaf->type)
		walk_root(a->walk, addr + leaf->offset, leaf->type, a->name.s);
	else
		add_type(a, addr + leaf->offset, &leaf->die, depth + 1);
	cut_name(&a->name, len);
}

/* Those that lead to no map: no names are made for them. */
static void drop_vain(struct leaves *l, struct walk *w)
{
	size_t kept = 0;

	for (size_t k = 0; k < l->count; k++)
		if (!l->list[k].type || walk_leads(w, l->list[k].type))
			l->list[kept++] = l->list[k];
		else
			free(l->list[k].name);
	l->count = kept;
}

static void add_elements(struct adding *a, uint64_t addr, uint64_t count, Dwarf_Die *elem,
	unsigned depth)
{
	size_t len = a->name.len;
	struct leaves leaves = { 0 };
	uint64_t most = PLAIN_MOST;
	Dwarf_Word size;

	if (dwarf_aggregate_size(elem, &size) != 0 || !size)
		return;
	find_leaves(&leaves, a->h->types.module, 0, elem, depth);
	drop_vain(&leaves, a->walk);
	for (size_t k = 0; k < leaves.count; k++)
		if (!leaves.list[k].type)
			most = PARTS_MOST;
	for (uint64_t i = 0; leaves.count && i < count && i < most; i++) {
		text_printf(&a->name, "[%" PRIu64 "]", i);
		for (size_t k = 0; k < leaves.count; k++)
			add_leaf(a, addr + i * size, &leaves.list[k], depth);
		cut_name(&a->name, len);
	}
	for (size_t k = 0; k < leaves.count; k++)
		free(leaves.list[k].name);
	free(leaves.list);
	text_free(&leaves.name);
}

static void add_array(struct adding *a, uint64_t addr, Dwarf_Die *type, unsigned depth)
{
	uint64_t count = 0;
	Dwarf_Die elem, part;

	if (!type_of(type, &elem) || dwarf_child(type, &part) != 0)
		return;
	number(&part, DW_AT_count, &count);
	add_elements(a, addr, count, &elem, depth);
}

/* A slice is a struct of array, len, cap. */
static void add_slice(struct adding *a, uint64_t addr, Dwarf_Die *type, unsigned depth)
{
	struct image *im = a->h->types.image;
	Dwarf_Die part, pointer, elem;
	uint64_t data, len;

	if (dwarf_child(type, &part) == 0 && type_of(&part, &pointer) && type_of(&pointer, &elem) &&
		image_word(im, addr, &data) && data && image_word(im, addr + im->ptrsize, &len))
		add_elements(a, data, len, &elem, depth);
}

static void add_pointer(struct adding *a, uint64_t addr, Dwarf_Die *type, unsigned depth)
{
	Dwarf_Die elem;
	uint64_t to;

	if (type_of(type, &elem) && image_word(a->h->types.image, addr, &to) && to)
		add_type(a, to, &elem, depth + 1);
}

/* What has a descriptor is the walk's; the rest is taken apart. */
static void add_type(struct adding *a, uint64_t addr, Dwarf_Die *type, unsigned depth)
{
	struct known n = look_up(a->h->types.module, type);

	if (n.descriptor)
		walk_root(a->walk, addr, n.descriptor, a->name.s);
	else if (depth == DEPTH_MOST || n.kind == RKIND_MAP)
		return;
	else if (n.kind == RKIND_SLICE)
		add_slice(a, addr, &n.die, depth);
	else if (n.kind == RKIND_STRUCT)
		add_struct(a, addr, &n.die, depth);
	else if (dwarf_tag(&n.die) == DW_TAG_array_type)
		add_array(a, addr, &n.die, depth);
	else if (dwarf_tag(&n.die) == DW_TAG_pointer_type)
		add_pointer(a, addr, &n.die, depth);
}

/* Where a variable lies: DW_OP_addr and the address. */
static bool place_of(const struct executable *p, const struct module *m, Dwarf_Die *die,
	uint64_t *addr)
{
	unsigned w = p->target->ptrsize;
	Dwarf_Attribute attribute;
	Dwarf_Block block;

	if (!dwarf_attr(die, DW_AT_location, &attribute) ||
		dwarf_formblock(&attribute, &block) != 0 || block.length != 1 + w ||
		block.data[0] != DW_OP_addr)
		return false;
	*addr = 0;
	memcpy(addr, block.data + 1, w);
	*addr = (*addr + m->bias) & word_mask(p->target);
	return true;
}

static void find_in(struct variables *v, const struct executable *p, const struct module *m,
	Dwarf_Die *unit, const char *selector)
{
	struct variable one;
	Dwarf_Die die;

	if (dwarf_child(unit, &die) != 0)
		return;
	do {
		if (dwarf_tag(&die) != DW_TAG_variable)
			continue;
		one.name = dwarf_diename(&die);
		if (!one.name ||
			(selector && !name_leads_to(one.name, strlen(one.name), selector)) ||
			!place_of(p, m, &die, &one.addr) || !type_of(&die, &one.die))
			continue;
		one.type = look_up(m, &one.die).descriptor;
		xadd(v->list, v->count, v->cap, one);
	} while (dwarf_siblingof(&die, &die) == 0);
}

/* A unit is called by the package's path, which names of its variables begin with. */
static bool is_unit_of(Dwarf_Die *unit, const char *selector)
{
	const char *path = dwarf_diename(unit);

	return path && name_leads_to(path, strlen(path), selector);
}

static void find_all(struct variables *v, const struct executable *p, const struct module *m,
	const char *selector, bool own)
{
	Dwarf_CU *unit = NULL;
	Dwarf_Die top;

	while (p->dwarf && dwarf_get_units(p->dwarf, unit, &unit, NULL, NULL, &top, NULL) == 0)
		if (!own || is_unit_of(&top, selector))
			find_in(v, p, m, &top, selector);
}

void variables_find(struct variables *v, const struct executable *p, const struct module *m,
	const char *selector)
{
	*v = (struct variables){ 0 };
	if (selector)
		find_all(v, p, m, selector, true);
	if (!v->count)
		find_all(v, p, m, selector, false);
}

void variables_put(struct variables *v, const struct module *m, const char *name, uint64_t addr,
	const Dwarf_Die *type)
{
	xadd(v->list, v->count, v->cap, (struct variable){ .name = name, .addr = addr, .die = *type,
		.type = look_up(m, type).descriptor });
}

const char *variables_at(const struct variables *v, const struct module *m,
	const struct heap_view *h, uint64_t addr)
{
	for (size_t i = 0; i < v->count; i++) {
		Dwarf_Die die = v->list[i].die;
		struct rtype t;
		Dwarf_Word size = 0;

		if (addr < v->list[i].addr || addr >= m->data_end)
			continue;
		if (v->list[i].type && rtype_read(&h->types, v->list[i].type, &t))
			size = t.size;
		else if (dwarf_aggregate_size(&die, &size) != 0)
			continue;
		if (addr - v->list[i].addr < size)
			return v->list[i].name;
	}
	return NULL;
}

void variables_free(struct variables *v)
{
	free(v->list);
	*v = (struct variables){ 0 };
}

void variables_add(const struct variables *v, struct walk *w, struct heap_view *h)
{
	struct adding a = { .walk = w, .h = h };

	for (size_t i = 0; i < v->count; i++) {
		struct variable *one = &v->list[i];

		if (one->type) {
			walk_root(w, one->addr, one->type, one->name);
			continue;
		}
		text_clear(&a.name);
		text_add(&a.name, one->name);
		add_type(&a, one->addr, &one->die, 0);
	}
	text_free(&a.name);
}
