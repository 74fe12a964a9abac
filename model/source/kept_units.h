/* SPDX-License-Identifier: MIT */
/*
 * The memory of a map in a snapshot that is written, or kept to be written: its units, and between
 * them what else the document has. Each design has a function that walks its map in the order of
 * the document, and tells of what it comes by.
 */
#ifndef MODEL_SOURCE_KEPT_UNITS_H
#define MODEL_SOURCE_KEPT_UNITS_H

#include <stdio.h>

#include "model/base/work.h"
#include "model/map/map.h"

struct kept_units;
struct unit_sink;
struct units_writer;

struct unit_walker {
	const char *control;                 /* what the control bytes are called in a document */
	void (*walk)(const struct map *m, struct unit_sink *s);
};

/* For who walks: text of the document; an array that begins; its units, `first` where one is
   not linked to the one before; its end. */
void sink_text(struct unit_sink *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sink_array(struct unit_sink *s, uint64_t addr);
void sink_unit(struct unit_sink *s, uint64_t addr, bool first);
void sink_array_end(struct unit_sink *s);

/*
 * Those of the map. What `before`, of the same type and target or NULL, has too is shared with it.
 * Only what was kept last can be shared with: before is so no longer.
 */
struct kept_units *kept_units_take(const struct map *m, const struct unit_walker *walker,
	struct kept_units *before);
void kept_units_free(struct kept_units *k);

/*
 * The members of the document: of what is kept, or of the map itself. Who writes several has one
 * writer for all, which knows what it wrote last.
 */
struct units_writer *units_writer_new(void);
void units_writer_free(struct units_writer *w);
void kept_units_write(const struct kept_units *k, struct units_writer *w, FILE *out);
/* False when who watches stops it. */
bool map_units_write(const struct map *m, const struct unit_walker *walker, FILE *out,
	const struct watcher *watcher);

#endif
