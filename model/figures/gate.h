/* SPDX-License-Identifier: MIT */
/*
 * Gates: what the figures of maps are to be, as one writes it for a health check:
 *
 *   dead < 30% or bytes < 64M        of every map
 *   main.q entries < 10k             of that one; main.pod[*].labels is many
 *   all bytes < 2Gi                  of all together
 *
 *   gate          [MAP | all] condition
 *   condition     both {"or" both}
 *   both          one {"and" one}
 *   one           "(" condition ")" | "not" one | FIGURE (< <= > >= = !=) NUMBER
 *   NUMBER        1.5 [% | k M G T | Ki Mi Gi Ti] [B]
 *
 * A percentage is one of what the figure is a part of. What is not known neither holds nor fails
 * a comparison; a gate of which it is not known whether it holds, does not hold.
 */
#ifndef MODEL_FIGURES_GATE_H
#define MODEL_FIGURES_GATE_H

#include "model/base/error.h"
#include "model/base/text.h"

/* X(id, name, part of, only of all together, what it is) */
#define GATE_FIGURES(X) \
	X(BYTES, "bytes", NONE, false, "what it takes") \
	X(ENTRIES, "entries", SLOTS, false, "those that are live") \
	X(SLOTS, "slots", NONE, false, "where entries can be") \
	X(FREE, "free", BYTES, false, "bytes of slots that may be filled") \
	X(DEAD, "dead", BYTES, false, "bytes of tombstones; in a list those of Swiss maps") \
	X(UNUSED, "unused", BYTES, false, "bytes of both") \
	X(SAVES, "saves", BYTES, false, "bytes that a rebuild gives back") \
	X(MAPS, "maps", NONE, true, "those that have memory") \
	X(EMPTY, "empty", NONE, true, "those that have none") \
	X(RSS, "rss", NONE, true, "what of the process is resident") \
	X(LIVE, "live", NONE, true, "live objects of the Go heap, in bytes")

enum gate_figure {
#define X(id, name, part, all, what) GATE_##id,
	GATE_FIGURES(X)
#undef X
	GATE_NONE,
};

enum { GATE_NODES = 64, GATE_DEEP = 32 };

enum gate_scope { GATE_EACH, GATE_NAMED, GATE_ALL };

enum gate_truth { GATE_FAILS, GATE_HOLDS, GATE_UNKNOWN };

struct gate_values {
	double of[GATE_NONE];  /* NAN: not known */
};

/* One that was read; nothing in it is owned. */
struct gate {
	const char *text;        /* borrowed */
	enum gate_scope scope;
	size_t name, name_len;   /* of GATE_NAMED, in the text */
	size_t condition;        /* where it begins */
	struct gate_node {
		enum { GATE_COMPARE, GATE_NOT, GATE_AND, GATE_OR } kind;
		unsigned left, right;    /* nodes that it joins */
		enum gate_figure figure;
		bool less, equal, more;  /* which of these are right */
		bool part;               /* the number is percent */
		double number;
	} nodes[GATE_NODES];
	unsigned count, top;
};

/* False with err filled, which names the place. */
bool gate_read(struct gate *e, const char *text, struct error *err);

/* Whether a map of that name is meant. */
bool gate_means(const struct gate *e, const char *name);

/* What is meant has no place for one: a "*". */
bool gate_is_pattern(const struct gate *e);

enum gate_truth gate_try(const struct gate *e, const struct gate_values *v);

/* The figures that it asks for: "dead 41.0%, bytes 80,123,456". */
void gate_tell(const struct gate *e, const struct gate_values *v, struct text *out);

/* The i-th figure's name, NULL past the last; and what it is. */
const char *gate_figure_name(unsigned i);
const char *gate_figure_what(unsigned i);

#endif
