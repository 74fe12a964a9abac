/* SPDX-License-Identifier: MIT */
#include "model/live/walk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/clock.h"
#include "model/base/mem.h"
#include "model/base/table.h"
#include "model/go/value.h"
#include "model/live/entries.h"

enum {
	NODES_MOST = 1 << 23,
	PARTS_MOST = 1 << 20,    /* elements of one array, slice or map */
	KEY_MOST = 64,           /* bytes of a string in a name, */
	NAME_MOST = 512,         /* and of a whole name: what has a longer one has none */
	FIELDS_MOST = 1 << 14,
	DEPTH_MOST = 1 << 10,    /* of types in types */
	UNNAMED = UINT32_MAX,
};

/* A part of a name, behind that of its parent. */
struct name {
	uint32_t parent;         /* UNNAMED: none */
	uint32_t len;            /* of the whole */
	uint32_t text, text_len; /* in the walk's texts */
};

struct node {
	uint64_t addr, type;     /* a value */
	uint32_t name;
};

struct found {
	uint64_t head, type;
	bool empty;              /* it has no memory */
	uint32_t name;
};

struct held_trie {
	uint64_t at, root;       /* what holds it */
	const struct trie_kind *kind;
	uint32_t name;
};

struct walk {
	struct heap_view *h;
	const char *aim;         /* where alone it goes; borrowed; NULL: everywhere */
	struct text texts;
	struct name *names;      /* owned, as are the lists below */
	size_t nnames, names_cap;
	struct node *heap;       /* nodes to come, the shortest name first: a binary heap */
	size_t count, cap;
	struct table seen;       /* values, by address and type */
	struct found *found;
	size_t nfound, found_cap;
	uint64_t vain; /* the type of the map that the aim leads to, which has no memory */
	bool torn;               /* a map was in the midst of a write, and looked like none */
	struct table by_head;    /* found ones: the place plus 1 */
	struct table worth;      /* types: 1 those that lead to maps or interfaces, else 2 */
	const struct trie_kinds *kinds; /* borrowed; NULL: none are known */
	struct held_trie *tries; /* owned */
	size_t ntries, tries_cap;
};

struct walk *walk_new(struct heap_view *h)
{
	struct walk *w = xcalloc(1, sizeof *w);

	w->h = h;
	return w;
}

void walk_free(struct walk *w)
{
	if (!w)
		return;
	text_free(&w->texts);
	free(w->names);
	free(w->heap);
	free(w->found);
	free(w->tries);
	table_free(&w->seen);
	table_free(&w->by_head);
	table_free(&w->worth);
	free(w);
}

/* Names */

static uint32_t name_len(const struct walk *w, uint32_t name)
{
	return name == UNNAMED ? UINT32_MAX : w->names[name].len;
}

/* The name's characters, from its end to its beginning. */
static void name_copy(const struct walk *w, uint32_t name, char *to)
{
	for (; name != UNNAMED; name = w->names[name].parent) {
		const struct name *n = &w->names[name];

		memcpy(to + n->len - n->text_len, w->texts.s + n->text, n->text_len);
	}
}

/* One behind another; that of what has none has none either. */
static uint32_t name_add(struct walk *w, uint32_t parent, const char *text)
{
	size_t n = strlen(text), len = n + (parent == UNNAMED ? 0 : w->names[parent].len);

	if (len > NAME_MOST || w->texts.len + n >= UINT32_MAX || w->nnames >= UNNAMED)
		return UNNAMED;
	w->names = xroom(w->names, &w->names_cap, w->nnames, sizeof *w->names);
	w->names[w->nnames] = (struct name){ parent, (uint32_t)len, (uint32_t)w->texts.len,
		(uint32_t)n };
	text_add(&w->texts, text);
	return (uint32_t)w->nnames++;
}

static uint32_t name_under(struct walk *w, uint32_t parent, const char *text)
{
	return parent == UNNAMED ? UNNAMED : name_add(w, parent, text);
}

bool name_leads_to(const char *name, size_t len, const char *aim)
{
	return strncmp(name, aim, len) == 0 && (!aim[len] || strchr(".[", aim[len]));
}

static bool is_on_way(const struct walk *w, uint32_t name)
{
	char text[NAME_MOST];

	if (!w->aim)
		return true;
	if (name == UNNAMED)
		return false;
	name_copy(w, name, text);
	return name_leads_to(text, w->names[name].len, w->aim);
}

/* Whether it is the name that alone is wanted. */
static bool is_aim(const struct walk *w, uint32_t name)
{
	return w->aim && name != UNNAMED && is_on_way(w, name) &&
		w->names[name].len == strlen(w->aim);
}

/* The shorter one first, then by alphabet. */
static int name_order(const struct walk *w, uint32_t a, uint32_t b)
{
	char x[NAME_MOST], y[NAME_MOST];
	uint32_t n = name_len(w, a), m = name_len(w, b);
	const struct name *p, *q;

	if (a == b || n != m)
		return n < m ? -1 : n > m;
	/* Elements of one list, and fields of one struct, differ in their last part. */
	p = &w->names[a];
	q = &w->names[b];
	if (p->parent == q->parent)
		return memcmp(w->texts.s + p->text, w->texts.s + q->text, p->text_len);
	name_copy(w, a, x);
	name_copy(w, b, y);
	return memcmp(x, y, n);
}

/* Nodes to come */

static bool before(const struct walk *w, size_t i, size_t j)
{
	return name_order(w, w->heap[i].name, w->heap[j].name) < 0;
}

static void swap(struct walk *w, size_t i, size_t j)
{
	struct node n = w->heap[i];

	w->heap[i] = w->heap[j];
	w->heap[j] = n;
}

static uint64_t node_key(const struct node *n)
{
	return (n->addr ^ (n->type << 20 | n->type >> 44)) | 1;
}

static void push(struct walk *w, uint64_t addr, uint64_t type, uint32_t name)
{
	struct node n = { addr, type, name };
	size_t i = w->count;

	if (!addr || w->count == NODES_MOST || !is_on_way(w, name) ||
		table_find(&w->seen, node_key(&n)))
		return;
	xadd(w->heap, w->count, w->cap, n);
	for (; i && before(w, i, (i - 1) / 2); i = (i - 1) / 2)
		swap(w, i, (i - 1) / 2);
}

static struct node pop(struct walk *w)
{
	struct node first = w->heap[0];
	size_t i = 0, least;

	w->heap[0] = w->heap[--w->count];
	for (;;) {
		least = i;
		for (size_t c = 2 * i + 1; c <= 2 * i + 2 && c < w->count; c++)
			if (before(w, c, least))
				least = c;
		if (least == i)
			return first;
		swap(w, i, least);
		i = least;
	}
}

/* Types that are worth a walk */

static bool leads(struct walk *w, uint64_t type, struct table *asked, unsigned depth);

static bool is_trie(const struct walk *w, const struct rtype *t, uint64_t *root,
	const struct trie_kind **kind)
{
	return w->kinds && trie_kinds_hold(w->kinds, &w->h->types, t, root, kind);
}

static bool fields_lead(struct walk *w, const struct rtype *t, struct table *asked, unsigned depth)
{
	const struct trie_kind *kind;
	struct rfield f;
	uint64_t root;

	if (is_trie(w, t, &root, &kind))
		return true;
	for (uint64_t i = 0; i < t->nfields && i < FIELDS_MOST; i++)
		if (rtype_field(&w->h->types, t, i, &f) && leads(w, f.type, asked, depth))
			return true;
	return false;
}

static bool leads(struct walk *w, uint64_t type, struct table *asked, unsigned depth)
{
	const struct table_entry *e = table_find(&w->worth, type);
	struct rtype t;

	if (e)
		return e->value[0] == 1;
	/* An array of none tells what an atomic.Pointer leads to. */
	if (depth == DEPTH_MOST || table_find(asked, type) || !rtype_read(&w->h->types, type, &t) ||
		(!t.pointers && !(t.kind == RKIND_ARRAY && !t.len)))
		return false;
	table_put(asked, type);
	switch (t.kind) {
	case RKIND_MAP:
	case RKIND_INTERFACE:
		return true;
	case RKIND_ARRAY:
	case RKIND_CHAN:
	case RKIND_POINTER:
	case RKIND_SLICE:
		return leads(w, t.elem, asked, depth + 1);
	case RKIND_STRUCT:
		return fields_lead(w, &t, asked, depth + 1);
	default:
		return false;
	}
}

static bool is_worth(struct walk *w, uint64_t type)
{
	struct table asked = { 0 };
	bool does;

	if (!type)
		return false;
	does = leads(w, type, &asked, 0);
	table_put(&w->worth, type)->value[0] = does ? 1 : 2;
	/* None of those that were asked leads anywhere, then. */
	for (size_t i = 0; !does && i < asked.size; i++)
		if (asked.list[i].key)
			table_put(&w->worth, asked.list[i].key)->value[0] = 2;
	table_free(&asked);
	return does;
}

/* The kinds of values */

static bool word(struct walk *w, uint64_t addr, uint64_t *value)
{
	return image_word(w->h->types.image, addr, value);
}

/* Of what the aim goes on with behind a name the index. */
static bool aimed_index(const struct walk *w, uint32_t name, uint64_t *i)
{
	size_t n = name == UNNAMED ? 0 : w->names[name].len;

	return name != UNNAMED && sscanf(w->aim + n, "[%" SCNu64 "]", i) == 1;
}

static void push_elements(struct walk *w, uint64_t addr, uint64_t count, uint64_t type,
	uint32_t name)
{
	struct rtype t;
	char index[32];
	uint64_t from = 0;

	if (!is_worth(w, type) || !rtype_read(&w->h->types, type, &t) || !t.size)
		return;
	if (w->aim && !aimed_index(w, name, &from))
		return;
	for (uint64_t i = from; i < count && i - from < PARTS_MOST && w->count < NODES_MOST; i++) {
		snprintf(index, sizeof index, "[%" PRIu64 "]", i);
		push(w, addr + i * t.size, type, name_under(w, name, index));
		if (w->aim)
			return;
	}
}

/* atomic.Pointer[T]: an array of no *T tells what its unsafe.Pointer leads to. */
static void push_atomic(struct walk *w, const struct node *n, const struct rfield *f,
	const struct rtype *array)
{
	struct rtype pointer;
	uint64_t to;

	if (array->kind == RKIND_ARRAY && !array->len &&
		rtype_read(&w->h->types, array->elem, &pointer) &&
		pointer.kind == RKIND_POINTER && word(w, n->addr + f->offset, &to) && to)
		push(w, to, pointer.elem, n->name);
}

static void walk_struct(struct walk *w, const struct node *n, const struct rtype *t)
{
	struct rtype first = { 0 }, type;
	struct rfield f;

	for (uint64_t i = 0; i < t->nfields && i < FIELDS_MOST; i++) {
		struct text name = { 0 };

		if (!rtype_field(&w->h->types, t, i, &f) ||
			!rtype_read(&w->h->types, f.type, &type))
			return;
		if (i == 0)
			first = type;
		if (type.kind == RKIND_UNSAFE_POINTER)
			push_atomic(w, n, &f, &first);
		if (!is_worth(w, f.type))
			continue;
		text_add(&name, ".");
		if (rtype_add_name(&w->h->types, f.name, &name))
			push(w, n->addr + f.offset, f.type, name_under(w, n->name, name.s));
		text_free(&name);
	}
}

/* A value with its type before it; behind an itab's first word where there are methods. */
static void walk_interface(struct walk *w, const struct node *n, const struct rtype *t)
{
	unsigned size = w->h->types.image->ptrsize;
	uint64_t type, data;
	struct rtype dynamic;

	if (!word(w, n->addr, &type) || !type || !word(w, n->addr + size, &data) ||
		(t->nfields && !word(w, type + size, &type)) || !is_worth(w, type) ||
		!rtype_read(&w->h->types, type, &dynamic))
		return;
	push(w, dynamic.direct ? n->addr + size : data, type, n->name);
}

/* Its buffer: hchan begins with qcount, dataqsiz, buf. */
static void walk_chan(struct walk *w, const struct node *n, const struct rtype *t)
{
	unsigned size = w->h->types.image->ptrsize;
	uint64_t chan, room, buffer;

	if (word(w, n->addr, &chan) && chan && word(w, chan + size, &room) &&
		word(w, chan + 2 * size, &buffer) && buffer)
		push_elements(w, buffer, room, t->elem, UNNAMED);
}

/* A key as it stands in an index, where it is one that can: "[42]", "[\"a\"]". */
static bool add_key(struct walk *w, const struct rtype *t, uint64_t addr, struct text *out)
{
	uint64_t v, data, len;
	char s[KEY_MOST];

	if (t->kind == RKIND_STRING) {
		if (!word(w, addr, &data) || !word(w, addr + t->size / 2, &len) ||
			len > KEY_MOST || !image_read(w->h->types.image, data, s, len))
			return false;
		text_addc(out, '[');
		value_quote(out, (const uint8_t *)s, len);
		text_addc(out, ']');
		return true;
	}
	if (t->kind < RKIND_INT || t->kind > RKIND_UINTPTR ||
		!image_uint(w->h->types.image, addr, (unsigned)t->size, &v))
		return false;
	if (t->kind >= RKIND_UINT)
		text_printf(out, "[%" PRIu64 "]", v);
	else
		text_printf(out, "[%" PRId64 "]",
			(int64_t)(v << (64 - 8 * t->size)) >> (64 - 8 * t->size));
	return true;
}

/* The same of an interface: of what is in it. */
static bool add_index(struct walk *w, const struct rtype *t, uint64_t addr, struct text *out)
{
	unsigned size = w->h->types.image->ptrsize;
	uint64_t type, data;
	struct rtype dynamic;

	if (t->kind != RKIND_INTERFACE)
		return add_key(w, t, addr, out);
	return !t->nfields && word(w, addr, &type) && type && word(w, addr + size, &data) &&
		rtype_read(&w->h->types, type, &dynamic) && !dynamic.direct &&
		add_key(w, &dynamic, data, out);
}

struct map_walk {
	struct walk *w;
	struct rtype key;
	uint64_t key_type, elem_type;
	bool keys, elems;        /* are worth it */
	uint32_t name;
};

static bool walk_entry(void *data, uint64_t key, uint64_t elem)
{
	struct map_walk *m = data;
	struct text index = { 0 };
	uint32_t name = UNNAMED;

	if (m->keys)
		push(m->w, key, m->key_type, UNNAMED);
	if (m->elems) {
		if (m->name != UNNAMED && add_index(m->w, &m->key, key, &index))
			name = name_add(m->w, m->name, index.s);
		push(m->w, elem, m->elem_type, name);
	}
	text_free(&index);
	return m->w->count < NODES_MOST;
}

static void walk_entries(struct walk *w, const struct head *head, const struct rtype *t,
	uint32_t name)
{
	struct map_walk m = { .w = w, .key_type = t->key, .elem_type = t->elem, .name = name,
		.keys = is_worth(w, t->key), .elems = is_worth(w, t->elem) };
	struct rmap map;

	if ((m.keys || m.elems) && rtype_read(&w->h->types, t->key, &m.key) &&
		rtype_map(&w->h->types, t, &map))
		entries_each(w->h, head, &map, PARTS_MOST, walk_entry, &m);
}

/* Without a type one is noted, until somebody tells it. */
static void walk_map(struct walk *w, const struct node *n, const struct rtype *t)
{
	struct table_entry *e;
	struct found *f;
	enum head_kind kind;
	struct head head;
	uint64_t at;

	if (!word(w, n->addr, &at))
		return;
	e = table_find(&w->by_head, at);
	if (e && (w->found[e->value[0] - 1].type || !t))
		return;
	kind = at ? head_read(w->h, at, &head) : HEAD_EMPTY;
	w->torn |= kind == HEAD_NONE && t && head.writing;
	if (kind == HEAD_EMPTY && t && is_aim(w, n->name))
		w->vain = t->at;
	if (kind == HEAD_NONE || !at)
		return;
	if (!e) {
		xadd(w->found, w->nfound, w->found_cap,
			(struct found){ at, 0, kind == HEAD_EMPTY, n->name });
		e = table_put(&w->by_head, at);
		e->value[0] = w->nfound;
	}
	f = &w->found[e->value[0] - 1];
	f->type = t ? t->at : 0;
	if (kind == HEAD_HELD && t)
		walk_entries(w, &head, t, f->name);
}

/* What keys and values lead to; the trie itself is told of apart. */
static void walk_trie(struct walk *w, const struct node *n, uint64_t at,
	const struct trie_kind *kind)
{
	struct map_walk m = { .w = w, .key_type = kind->key_type, .elem_type = kind->value_type,
		.name = n->name, .keys = is_worth(w, kind->key_type),
		.elems = is_worth(w, kind->value_type) };
	uint64_t root;

	if (!word(w, at, &root) || !root)
		return;
	xadd(w->tries, w->ntries, w->tries_cap, (struct held_trie){ n->addr, root, kind, n->name });
	if ((m.keys || m.elems) && rtype_read(&w->h->types, kind->key_type, &m.key))
		trie_each(w->h, kind, root, PARTS_MOST, walk_entry, &m);
}

static void walk_node(struct walk *w, const struct node *n)
{
	const struct trie_kind *kind;
	struct rtype t;
	uint64_t to, len;

	if (n->type == WALK_UNTYPED) {
		walk_map(w, n, NULL);
		return;
	}
	if (!is_worth(w, n->type) || !rtype_read(&w->h->types, n->type, &t))
		return;
	switch (t.kind) {
	case RKIND_POINTER:
		if (word(w, n->addr, &to))
			push(w, to, t.elem, n->name);
		break;
	case RKIND_MAP:
		walk_map(w, n, &t);
		break;
	case RKIND_STRUCT:
		if (is_trie(w, &t, &to, &kind))
			walk_trie(w, n, n->addr + to, kind);
		else
			walk_struct(w, n, &t);
		break;
	case RKIND_ARRAY:
		push_elements(w, n->addr, t.len, t.elem, n->name);
		break;
	case RKIND_SLICE:
		if (word(w, n->addr, &to) && to &&
			word(w, n->addr + w->h->types.image->ptrsize, &len))
			push_elements(w, to, len, t.elem, n->name);
		break;
	case RKIND_INTERFACE:
		walk_interface(w, n, &t);
		break;
	case RKIND_CHAN:
		walk_chan(w, n, &t);
		break;
	default:
		break;
	}
}

void walk_root(struct walk *w, uint64_t addr, uint64_t type, const char *name)
{
	if (type == WALK_UNTYPED || is_worth(w, type))
		push(w, addr, type, name ? name_add(w, UNNAMED, name) : UNNAMED);
}

bool walk_leads(struct walk *w, uint64_t type)
{
	return is_worth(w, type);
}

void walk_root_elements(struct walk *w, uint64_t addr, uint64_t count, uint64_t type,
	const char *name)
{
	push_elements(w, addr, count, type, name ? name_add(w, UNNAMED, name) : UNNAMED);
}

bool walk_run(struct walk *w, unsigned ms)
{
	double until = clock_ms() + ms;

	for (uint64_t steps = 1; w->count; steps++) {
		struct node n = pop(w);
		uint64_t key = node_key(&n);

		if (table_find(&w->seen, key))
			continue;
		table_put(&w->seen, key);
		walk_node(w, &n);
		if (steps % 256 == 0 && clock_ms() > until)
			return false;
	}
	return true;
}

static const struct found *find_head(const struct walk *w, uint64_t head)
{
	const struct table_entry *e = table_find(&w->by_head, head);

	return e ? &w->found[e->value[0] - 1] : NULL;
}

uint64_t walk_type(const struct walk *w, uint64_t head)
{
	const struct found *f = find_head(w, head);

	return f ? f->type : 0;
}

static char *name_of(const struct walk *w, uint32_t name)
{
	char *s = xcalloc(1, w->names[name].len + 1u);

	name_copy(w, name, s);
	return s;
}

char *walk_name(const struct walk *w, uint64_t head)
{
	const struct found *f = find_head(w, head);

	return !f || f->name == UNNAMED ? NULL : name_of(w, f->name);
}

void walk_aim(struct walk *w, const char *name)
{
	w->aim = name;
}

bool walk_named(const struct walk *w, const char *name, uint64_t *head, uint64_t *type)
{
	for (size_t i = 0; i < w->nfound; i++) {
		const struct found *f = &w->found[i];
		char text[NAME_MOST + 1] = "";

		if (f->name == UNNAMED || f->empty)
			continue;
		name_copy(w, f->name, text);
		if (strcmp(text, name) != 0)
			continue;
		*head = f->head;
		*type = f->type;
		return true;
	}
	return false;
}

uint64_t walk_vain(const struct walk *w)
{
	return w->vain;
}

bool walk_torn(const struct walk *w)
{
	return w->torn;
}

uint64_t walk_head(const struct walk *w, size_t i)
{
	return i < w->nfound ? w->found[i].head : 0;
}

void walk_know_tries(struct walk *w, const struct trie_kinds *k)
{
	w->kinds = k;
}

bool walk_held_trie(const struct walk *w, size_t i, struct walk_trie *t)
{
	const struct held_trie *held;

	if (i >= w->ntries)
		return false;
	held = &w->tries[i];
	*t = (struct walk_trie){ held->at, held->root, held->kind,
		held->name == UNNAMED ? NULL : name_of(w, held->name) };
	return true;
}
