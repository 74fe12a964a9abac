/* SPDX-License-Identifier: MIT */
/*
 * Type descriptors, as they lie in a program's memory: runtime.rtype, today abi.Type. They tell
 * all that is needed to read values: kinds, sizes, fields, elems, names.
 * Sources: runtime/type.go, internal/abi/type.go, internal/abi/map*.go.
 */
#ifndef MODEL_LIVE_RTYPE_H
#define MODEL_LIVE_RTYPE_H

#include "model/base/text.h"
#include "model/go/gotype.h"
#include "model/live/module.h"

/* abi.Kind */
enum rkind {
	RKIND_BOOL = 1, RKIND_INT, RKIND_INT8, RKIND_INT16, RKIND_INT32, RKIND_INT64, RKIND_UINT,
	RKIND_UINT8, RKIND_UINT16, RKIND_UINT32, RKIND_UINT64, RKIND_UINTPTR, RKIND_FLOAT32,
	RKIND_FLOAT64, RKIND_COMPLEX64, RKIND_COMPLEX128, RKIND_ARRAY, RKIND_CHAN, RKIND_FUNC,
	RKIND_INTERFACE, RKIND_MAP, RKIND_POINTER, RKIND_SLICE, RKIND_STRING, RKIND_STRUCT,
	RKIND_UNSAFE_POINTER, RKIND_COUNT,
};

struct rtype {
	uint64_t at;       /* its address */
	uint64_t size, pointers; /* bytes of a value, and up to the last pointer in it */
	enum rkind kind;
	unsigned align;
	bool named;
	bool direct;       /* an interface holds it in its own word */
	uint64_t elem;     /* of an array, chan, map, pointer, slice */
	uint64_t key;      /* of a map */
	uint64_t len;      /* of an array */
	uint64_t fields;   /* of a struct: their list; of an interface that of its methods */
	uint64_t nfields;  /* how many there are */
	uint64_t way;      /* of a chan: 1 it is received from, 2 sent to, 3 both */
	bool uncommon;     /* more is told behind its parts */
};

/* A field of a struct. */
struct rfield {
	uint64_t name, type, offset; /* the name's address */
	bool embedded;
};

/* What a map type adds: one design of a map as it is laid out for this key and elem. */
struct rmap {
	uint64_t unit;         /* its type */
	uint32_t size;         /* its bytes */
	uint32_t keys, key_step, elems, elem_step; /* offset of slot 0's, from one to the next */
	bool indirect_key, indirect_elem;
};

/* What is needed to read them. */
struct rtypes {
	struct image *image;
	const struct executable *program;
	const struct module *module;
};

/* False when what is there cannot be one. */
bool rtype_read(const struct rtypes *r, uint64_t at, struct rtype *t);
bool rtype_field(const struct rtypes *r, const struct rtype *t, uint64_t i, struct rfield *f);
bool rtype_map(const struct rtypes *r, const struct rtype *t, struct rmap *m);

/* Method i of an interface: its name's address, and the type of its func. */
bool rtype_method(const struct rtypes *r, const struct rtype *t, uint64_t i, uint64_t *name,
	uint64_t *type);

/* The import path of the package that a named type is of; NULL where none is told. */
char *rtype_package(const struct rtypes *r, const struct rtype *t);

/* Its name as the program spells it, "map[string]*main.Rec"; NULL when it cannot be read. */
char *rtype_name(const struct rtypes *r, const struct rtype *t);

/* Whether it is a basic type of Go by its own name, and which. */
bool rtype_basic(const struct rtypes *r, const struct rtype *t, enum gotype_kind *kind);

/* A field's own name, added; false when it cannot be read. */
bool rtype_add_name(const struct rtypes *r, uint64_t name, struct text *out);

/* Told of each map type that the program has. */
typedef void rtype_sink(void *data, const struct rtype *t);
void rtype_maps(const struct rtypes *r, rtype_sink *sink, void *data);

/* The same of each struct type that has a name. */
void rtype_structs(const struct rtypes *r, rtype_sink *sink, void *data);

#endif
