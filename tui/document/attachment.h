/* SPDX-License-Identifier: MIT */
/*
 * Attachments: files that a document shows and that are made along with it, such as drawings. They
 * lie beside the document or in folders below, and end in the name of their format, so that
 * no document can have any other file written.
 */
#ifndef TUI_DOCUMENT_ATTACHMENT_H
#define TUI_DOCUMENT_ATTACHMENT_H

#include "model/base/access.h"
#include "model/base/error.h"
#include "model/base/text.h"

struct attachment {
	char *path;          /* owned */
	struct text bytes;   /* as they ought to be */
	bool stale;          /* the file is not like that, or not there */
};

struct attachments {
	struct access access; /* as the document's pictures */
	struct attachment *list;
	size_t count, cap;
};

bool attachment_allowed(const char *name, const char *format, struct error *err);

/* Whether the file is stale. */
bool attachments_add(struct attachments *a, const char *path, const struct text *bytes);

/* Writes those that are stale. */
bool attachments_write(const struct attachments *a, struct error *err);
void attachments_free(struct attachments *a);

#endif
