/* SPDX-License-Identifier: MIT */
/* What the tests of snapshot files share: documents that are opened, read and altered. */
#ifndef TESTS_MODEL_DOCUMENTS_H
#define TESTS_MODEL_DOCUMENTS_H

#include <jansson.h>

#include "model/session/session.h"

/* Map types of every kind. */
enum { DOCUMENT_TYPES = 15 };
extern const char *const document_types[DOCUMENT_TYPES];

/* Opens it as a file "test.json", in a session that is there, or in a new one that must work. */
bool document_open(struct session *s, const char *text, size_t len, struct error *err);
void document_reopen(struct session *s, const char *text);

/* As jansson reads it; it must. */
json_t *document_load(const char *text);

/* Runs commands, parted by " ; ", as far as the type has keys for them. */
void document_run(struct session *s, const char *script);

/* Three snapshots: 2 keys, 9 keys mid-growth with a caption, 40 keys. Free it. */
char *document_three(void);

/* Replaces the first occurrence of `from` behind `behind`. Free it. */
char *document_altered(const char *text, const char *behind, const char *from, const char *to);

#endif
