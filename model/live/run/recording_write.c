/* SPDX-License-Identifier: MIT */
/* A recording as a script: the command lines that do to a map what the program did. */
#include "model/live/run/recording.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void write_hash(const struct live_hash *h, FILE *out)
{
	fprintf(out, "hash %s ", h->family == HASH_AES ? "aes" : "wyhash");
	for (unsigned i = 0; i < h->size; i++)
		fprintf(out, "%02x", h->key[i]);
	fputc('\n', out);
}

static void write_type(const struct recorded_type *t, FILE *out)
{
	for (size_t i = 0; i < t->declared.count; i++) {
		char *text = declaration_text(&t->declared.list[i]);

		fprintf(out, "%s\n", text);
		free(text);
	}
	fprintf(out, "map %s\n", t->text);
}

static void write_caption(const char *words, FILE *out)
{
	struct text quoted = { 0 };

	value_quote(&quoted, (const uint8_t *)words, strlen(words));
	fprintf(out, "caption %s\n", text_str(&quoted));
	text_free(&quoted);
}

static void write_op(const struct recorded_op *op, const char **where, FILE *out)
{
	if (op->where && (!*where || strcmp(*where, op->where) != 0)) {
		write_caption(op->where, out);
		*where = op->where;
	}
	if (op->seeded)
		fprintf(out, "seed 0x%" PRIx64 "\n", op->seed);
	fprintf(out, "%s\n", op->line);
}

void recording_write(const struct recording *r, FILE *out)
{
	const struct recorded_map *m = r->chosen;
	const struct live_hash *hash = &r->live.hash;
	const char *where = NULL;

	fprintf(out, "arch %s\ngo %s\n", r->live.program.target->name,
		r->live.program.release->name);
	if (hash->known)
		write_hash(hash, out);
	if (m->stays)
		fputs("escape no\n", out);
	write_type(r->types.list[m->known], out);
	fprintf(out, "seed 0x%" PRIx64 "\nmake", m->first_seed);
	if (m->hint)
		fprintf(out, " %" PRIu64, m->hint);
	fputc('\n', out);
	for (size_t i = 0; i < m->count; i++)
		write_op(&m->ops[i], &where, out);
}
