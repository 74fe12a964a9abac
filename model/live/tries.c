/* SPDX-License-Identifier: MIT */
#include "model/live/tries.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/clock.h"
#include "model/base/mem.h"
#include "model/target/sizeclass.h"

enum {
	CHILDREN = 16, CHILD_BITS = 4,
	SAMPLES = 8,             /* entries by which the kind is told */
	CHAIN_MOST = 1 << 12,    /* entries of one hash */
	OBJECTS_MOST = 1 << 22,  /* that a search looks at */
	NODE_MOST = 512,         /* bytes of a node */
	CLOCK_STEPS = 1024,
};

/* Kinds */

static const struct {
	const char *package, *prefix, *map; /* of nodes; of what holds the root */
} families[] = {
	{ "internal/sync", "sync.indirect[", "sync.HashTrieMap[" },
	{ "internal/concurrent", "concurrent.indirect[", "concurrent.HashTrieMap[" },
	{ "unique", "unique.indirect[", "unique.canonMap[" },
};

enum { FAMILIES = sizeof families / sizeof *families };

/* The field of that name. */
static bool find_field(const struct rtypes *r, const struct rtype *t, const char *name,
	struct rfield *f)
{
	for (uint64_t i = 0; i < t->nfields && i < CHILDREN; i++) {
		struct text is = { 0 };
		bool same = rtype_field(r, t, i, f) && rtype_add_name(r, f->name, &is) &&
			strcmp(text_str(&is), name) == 0;

		text_free(&is);
		if (same)
			return true;
	}
	return false;
}

static bool take_node(const struct rtypes *r, const struct rtype *t, struct trie_kind *k)
{
	unsigned w = r->image->ptrsize;
	struct rfield parent, children;

	if (!find_field(r, t, "parent", &parent) || !find_field(r, t, "children", &children) ||
		children.offset + (uint64_t)CHILDREN * w > t->size || t->size > NODE_MOST ||
		parent.offset + w > t->size)
		return false;
	k->node = t->at;
	k->node_size = t->size;
	k->parent = (uint32_t)parent.offset;
	k->children = (uint32_t)children.offset;
	return true;
}

static bool take_entry(const struct rtypes *r, const struct rtype *t, struct trie_kind *k)
{
	struct rfield next, key, value;

	if (!find_field(r, t, "overflow", &next) || !find_field(r, t, "key", &key))
		return false;
	k->entry = t->at;
	k->entry_size = t->size;
	k->next = (uint32_t)next.offset;
	k->key = (uint32_t)key.offset;
	k->key_type = key.type;
	k->value_type = 0;
	if (find_field(r, t, "value", &value)) {
		k->value = (uint32_t)value.offset;
		k->value_type = value.type;
	}
	return true;
}

struct finding {
	struct trie_kinds *kinds;
	const struct rtypes *r;
	bool entries;            /* the second time those of nodes that are known */
};

static void add_kind(struct finding *f, const struct rtype *t, unsigned family, const char *name)
{
	struct trie_kind k = { 0 };
	size_t n = strlen(families[family].prefix);

	if (f->kinds->count == TRIE_KINDS_MOST || !take_node(f->r, t, &k))
		return;
	k.args = xstrdup(name + n);
	k.name = strcmp(name, "sync.indirect[interface {},interface {}]") == 0 ?
		xstrdup("sync.Map") : xasprintf("%s%s", families[family].map, k.args);
	xadd(f->kinds->list, f->kinds->count, f->kinds->cap, k);
}

static void add_entries(struct finding *f, const struct rtype *t, unsigned family, const char *name)
{
	const char *args = strchr(name, '[') + 1;

	for (size_t i = 0; i < f->kinds->count; i++) {
		struct trie_kind *k = &f->kinds->list[i];
		struct rtype node;
		char *is = strcmp(k->args, args) == 0 && !k->entry &&
			rtype_read(f->r, k->node, &node) ? rtype_name(f->r, &node) : NULL;

		if (is &&
			strncmp(is, families[family].prefix, strlen(families[family].prefix)) == 0)
			take_entry(f->r, t, k);
		free(is);
	}
}

/* "sync.indirect[..]" is one of package internal/sync; shapes are of the compiler alone. */
static void look_at_type(void *data, const struct rtype *t)
{
	struct finding *f = data;
	char *name = rtype_name(f->r, t), *package = NULL;
	const char *bracket = name ? strchr(name, '[') : NULL;

	for (unsigned i = 0; bracket && i < FAMILIES; i++) {
		const char *dot = strchr(families[i].prefix, '.');
		size_t n = (size_t)(dot + 1 - families[i].prefix);
		const char *is = f->entries ? "entry[" : "indirect[";

		if (strncmp(name, families[i].prefix, n) != 0 ||
			strncmp(name + n, is, strlen(is)) != 0 || strstr(name, "go.shape."))
			continue;
		free(package);
		package = rtype_package(f->r, t);
		if (package && strcmp(package, families[i].package) == 0)
			(f->entries ? add_entries : add_kind)(f, t, i, name);
	}
	free(name);
	free(package);
}

static void drop(struct trie_kind *k)
{
	free(k->name);
	free(k->args);
}

void trie_kinds_find(struct trie_kinds *k, const struct rtypes *r)
{
	struct finding f = { k, r, false };
	size_t kept = 0;

	*k = (struct trie_kinds){ 0 };
	if (r->program->minor < 23)
		return;
	rtype_structs(r, look_at_type, &f);
	f.entries = true;
	rtype_structs(r, look_at_type, &f);
	for (size_t i = 0; i < k->count; i++) {
		if (k->list[i].entry)
			k->list[kept++] = k->list[i];
		else
			drop(&k->list[i]);
	}
	k->count = kept;
}

void trie_kinds_free(struct trie_kinds *k)
{
	for (size_t i = 0; i < k->count; i++)
		drop(&k->list[i]);
	free(k->list);
	*k = (struct trie_kinds){ 0 };
}

/* "sync.HashTrieMap[ARGS]" and the like. */
static const struct trie_kind *kind_named(const struct trie_kinds *k, const struct rtypes *r,
	const struct rtype *t)
{
	char *name = rtype_name(r, t), *package = name ? rtype_package(r, t) : NULL;
	const struct trie_kind *found = NULL;

	for (unsigned i = 0; package && !found && i < FAMILIES; i++) {
		size_t n = strlen(families[i].map);

		if (strcmp(package, families[i].package) != 0 ||
			strncmp(name, families[i].map, n) != 0)
			continue;
		for (size_t j = 0; j < k->count && !found; j++)
			if (strcmp(k->list[j].args, name + n) == 0)
				found = &k->list[j];
	}
	free(name);
	free(package);
	return found;
}

static bool is_sync_map(const struct rtypes *r, const struct rtype *t)
{
	char *name = rtype_name(r, t), *package = name ? rtype_package(r, t) : NULL;
	bool is = package && strcmp(package, "sync") == 0 && strcmp(name, "sync.Map") == 0;

	free(name);
	free(package);
	return is;
}

bool trie_kinds_hold(const struct trie_kinds *k, const struct rtypes *r, const struct rtype *t,
	uint64_t *root, const struct trie_kind **kind)
{
	struct rtype in = *t;
	struct rfield f;

	*root = 0;
	if (!k->count || t->kind != RKIND_STRUCT || !t->named)
		return false;
	if (is_sync_map(r, t)) {
		if (!find_field(r, t, "m", &f) || !rtype_read(r, f.type, &in) ||
			in.kind != RKIND_STRUCT)
			return false;
		*root = f.offset;
	}
	*kind = kind_named(k, r, &in);
	if (!*kind || !find_field(r, &in, "root", &f))
		return false;
	/* An atomic.Pointer has nothing before its pointer. */
	*root += f.offset;
	return true;
}

/* Reading one */

void trie_search_begin(struct trie_search *s, struct heap_view *h, const struct trie_kinds *k,
	unsigned ms)
{
	*s = (struct trie_search){ .view = h, .kinds = k, .until = clock_ms() + ms,
		.left = OBJECTS_MOST };
}

/* A trie on the way: by the layout of a kind, whatever is in its entries. */
struct reading {
	struct trie_search *s;   /* NULL: without an end but `most` */
	struct heap_view *h;
	const struct trie_kind *k;
	struct trie *t;
	uint64_t entry_whole;    /* what each entry takes; 0: none was seen yet */
	uint64_t samples[SAMPLES];
	unsigned nsamples;
	uint64_t most;           /* entries to be told */
	trie_entry_sink *sink;
	void *data;
	bool over;
};

static bool may_go_on(struct reading *r)
{
	struct trie_search *s = r->s;

	if (s && (!s->left || (s->left % CLOCK_STEPS == 0 && clock_ms() > s->until)))
		s->left = 0;
	if (s && !s->left)
		r->t->least = r->over = true;
	else if (s)
		s->left--;
	return !r->over;
}

static bool object_at(const struct reading *r, uint64_t addr, struct object *o)
{
	return spans_object(&r->h->spans, r->h->types.image, addr, o) && o->at == addr &&
		!o->noscan;
}

/* An entry, and those that have the same hash. */
static bool read_chain(struct reading *r, uint64_t at)
{
	struct image *im = r->h->types.image;
	struct object o;
	uint64_t is;

	for (unsigned n = 0; at && n < CHAIN_MOST && may_go_on(r); n++) {
		if (!image_uint(im, at, 1, &is) || is != 1 || !object_at(r, at, &o) ||
			(r->entry_whole && o.whole != r->entry_whole))
			return false;
		r->entry_whole = o.whole;
		r->t->entries++;
		r->t->bytes += o.whole;
		if (r->nsamples < SAMPLES)
			r->samples[r->nsamples++] = at;
		if (r->sink && (r->t->entries > r->most ||
			!r->sink(r->data, at + r->k->key, at + r->k->value)))
			r->over = true;
		if (!image_word(im, at + r->k->next, &at))
			return false;
	}
	return !at || r->over;
}

static bool read_node(struct reading *r, uint64_t at, uint64_t parent, unsigned depth)
{
	struct image *im = r->h->types.image;
	unsigned w = im->ptrsize;
	uint64_t up, is, child;
	struct object o;

	if (!may_go_on(r))
		return true;
	if (depth > 8 * w / CHILD_BITS || !object_at(r, at, &o) || o.size < r->k->node_size ||
		!image_uint(im, at, 1, &is) || is || !image_word(im, at + r->k->parent, &up) ||
		up != parent)
		return false;
	r->t->nodes++;
	r->t->bytes += o.whole;
	for (unsigned i = 0; i < CHILDREN && !r->over; i++) {
		if (!image_word(im, at + r->k->children + i * w, &child))
			return false;
		if (!child)
			r->t->free_bytes += w;
		else if (!image_uint(im, child, 1, &is) || is > 1 ||
			!(is ? read_chain(r, child) : read_node(r, child, at, depth + 1)))
			return false;
	}
	return true;
}

/* Which kind it is */

static bool is_type(const struct reading *r, uint64_t addr)
{
	const struct rtypes *types = &r->h->types;
	struct rtype t;
	char *name = module_has_type(types->module, addr) && rtype_read(types, addr, &t) ?
		rtype_name(types, &t) : NULL;

	free(name);
	return name != NULL;
}

static bool may_be(const struct reading *r, uint64_t type, uint64_t at, unsigned depth);

static bool is_pointer_to(const struct reading *r, const struct rtype *t, uint64_t to)
{
	const struct rtypes *types = &r->h->types;
	struct rtype elem;
	char *name;
	bool type;

	if (!to)
		return true;
	name = rtype_read(types, t->elem, &elem) ? rtype_name(types, &elem) : NULL;
	type = name && strcmp(name, "abi.Type") == 0;
	free(name);
	return type ? is_type(r, to) : image_mapping(types->image, to) != NULL;
}

/* weak.Pointer[T] leads to a word, and that to a T. */
static bool may_be_weak(const struct reading *r, const struct rtype *t, uint64_t at)
{
	const struct rtypes *types = &r->h->types;
	struct rtype array, pointer, target;
	struct rfield f;
	struct object o;
	uint64_t to;

	if (!rtype_field(types, t, 0, &f) || !rtype_read(types, f.type, &array) ||
		array.kind != RKIND_ARRAY || !rtype_read(types, array.elem, &pointer) ||
		!rtype_read(types, pointer.elem, &target) || !image_word(types->image, at, &to))
		return false;
	if (!to)
		return true;
	/* A value that is gone is nil. */
	return image_word(types->image, to, &to) && (!to ||
		(spans_object(&r->h->spans, types->image, to, &o) &&
			o.noscan == (target.pointers == 0) && o.whole >= target.size));
}

static bool fields_may_be(const struct reading *r, const struct rtype *t, uint64_t at,
	unsigned depth)
{
	struct rfield f;
	char *name = rtype_name(&r->h->types, t);
	bool weak = name && strncmp(name, "weak.Pointer[", 13) == 0;

	free(name);
	if (weak)
		return may_be_weak(r, t, at);
	for (uint64_t i = 0; i < t->nfields && i < CHILDREN; i++)
		if (!rtype_field(&r->h->types, t, i, &f) ||
			!may_be(r, f.type, at + f.offset, depth + 1))
			return false;
	return true;
}

/* Whether what is there can be a value of that type, as far as a look at it tells. */
static bool may_be(const struct reading *r, uint64_t type, uint64_t at, unsigned depth)
{
	const struct rtypes *types = &r->h->types;
	unsigned w = types->image->ptrsize;
	uint64_t one, two;
	struct rtype t;

	if (depth > CHILD_BITS || !rtype_read(types, type, &t) ||
		!image_word(types->image, at, &one))
		return false;
	switch (t.kind) {
	case RKIND_STRING:
		return image_word(types->image, at + w, &two) && two < 1ull << 32 &&
			(!two || image_mapping(types->image, one));
	case RKIND_INTERFACE:
		return t.nfields ? image_mapping(types->image, one) || !one :
			!one || is_type(r, one);
	case RKIND_POINTER:
		return is_pointer_to(r, &t, one);
	case RKIND_STRUCT:
		return fields_may_be(r, &t, at, depth);
	default:
		return true;
	}
}

static bool fits(const struct reading *r, const struct trie_kind *k)
{
	const struct executable *p = r->h->types.program;

	if (k->node_size != r->k->node_size || k->parent != r->k->parent ||
		k->children != r->k->children || k->next != r->k->next || (r->entry_whole &&
		r->entry_whole != alloc_size(p->release, p->target->ptrsize, k->entry_size, true)))
		return false;
	for (unsigned i = 0; i < r->nsamples; i++)
		if (!may_be(r, k->key_type, r->samples[i] + k->key, 0) ||
			(k->value_type && !may_be(r, k->value_type, r->samples[i] + k->value, 0)))
			return false;
	return true;
}

/* Whether one before it has the same layout: what is no trie of that is none of this. */
static bool is_like_another(const struct trie_kinds *all, size_t i)
{
	const struct trie_kind *k = &all->list[i];

	for (size_t j = 0; j < i; j++) {
		const struct trie_kind *o = &all->list[j];

		if (k->node_size == o->node_size && k->parent == o->parent &&
			k->children == o->children && k->next == o->next)
			return true;
	}
	return false;
}

bool trie_read(struct trie_search *s, uint64_t root, const struct trie_kind *kind, struct trie *t)
{
	for (size_t i = 0; i < s->kinds->count; i++) {
		const struct trie_kind *k = &s->kinds->list[i];
		struct reading r = { .s = s, .h = s->view, .k = k, .t = t };

		if (kind ? k != kind : is_like_another(s->kinds, i))
			continue;
		*t = (struct trie){ .root = root };
		if (!read_node(&r, root, 0, 0))
			continue;
		if (kind)
			t->kinds = 1ull << i;
		for (size_t j = 0; !kind && j < s->kinds->count; j++)
			t->kinds |= fits(&r, &s->kinds->list[j]) ? 1ull << j : 0;
		if (t->kinds)
			return true;
	}
	return false;
}

/* The words of a node that are pointers, a bit each. */
static uint64_t pointer_words(const struct trie_kind *k, unsigned w)
{
	return 1ull << k->parent / w | ((1ull << CHILDREN) - 1) << k->children / w;
}

/* Whether a node can be there that has no parent, and has a child. */
static bool is_root(const struct trie_search *s, const struct span *span, uint64_t i)
{
	struct image *im = s->view->types.image;
	unsigned w = im->ptrsize;
	uint64_t at = span->start + i * span->size, words, up, is, child;

	if (!image_uint(im, at, 1, &is) || is || !span_in_use(span, im, i))
		return false;
	for (size_t j = 0; j < s->kinds->count; j++) {
		const struct trie_kind *k = &s->kinds->list[j];

		if (k->node_size > span->size || !image_word(im, at + k->parent, &up) || up ||
			(spans_pointers(&s->view->spans, span, im, i, &words) &&
				words != pointer_words(k, w)))
			continue;
		for (unsigned c = 0; c < CHILDREN; c++)
			if (image_word(im, at + k->children + c * w, &child) && child)
				return true;
	}
	return false;
}

void tries_find(struct trie_search *s, trie_sink *sink, void *data)
{
	const struct executable *p = s->view->types.program;
	struct trie t;

	for (size_t k = 0; s->kinds->count && k < s->view->spans.count; k++) {
		const struct span *span = &s->view->spans.list[k];
		bool is = false;

		for (size_t j = 0; j < s->kinds->count; j++)
			is |= span->size == alloc_size(p->release, p->target->ptrsize,
				s->kinds->list[j].node_size, true);
		for (uint64_t i = 0; is && !span->noscan && i < span->objects && s->left; i++)
			if (is_root(s, span, i) &&
				trie_read(s, span->start + i * span->size, NULL, &t) && t.entries)
				sink(data, &t);
	}
}

void trie_each(struct heap_view *h, const struct trie_kind *kind, uint64_t root, uint64_t most,
	trie_entry_sink *sink, void *data)
{
	struct trie unused = { 0 };
	struct reading r = { .h = h, .k = kind, .t = &unused, .most = most, .sink = sink,
		.data = data };

	read_node(&r, root, 0, 0);
}
