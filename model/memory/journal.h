/* SPDX-License-Identifier: MIT */
/*
 * The journal: what every changed byte was before, so that any point of the past can be shown
 * again, and what followed it too.
 *
 * Law: before bytes change, journal_save() is told which. Going back swaps the saved bytes with
 * the present ones, so the same record then leads forward again. A position is a number of
 * records: 0 is the oldest point that the journal reaches, journal->at is now, journal->count
 * the newest point. Writing while at < count forgets what followed: a new future.
 *
 * One position can be marked: who remembers something of it learns whether it is still the same.
 *
 * The version is another one after each save, each way back or forth, and whenever the journal
 * begins anew; none comes twice. While it is the same, so are all bytes that are saved here.
 *
 * Saved bytes must stay where they are for as long as the journal remembers them: the simulated
 * heap and the registers do.
 */
#ifndef MODEL_MEMORY_JOURNAL_H
#define MODEL_MEMORY_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct journal_record {
	uint8_t *where;
	size_t at;    /* of the saved bytes in the pool */
	uint32_t len;
};

struct journal {
	bool on;      /* off: saves are skipped, there is no way back */
	struct journal_record *records;
	size_t count, at, cap;
	uint8_t *pool;
	size_t pool_used, pool_cap;
	size_t mark;  /* JOURNAL_NO_MARK, also once the marked position was forgotten */
	uint64_t version; /* read it by journal_version() */
	uint64_t broken;  /* the first version after records were last forgotten */
};

#define JOURNAL_NO_MARK SIZE_MAX

void journal_init(struct journal *j);
void journal_free(struct journal *j);

/* Forgets everything; the present is the only point left. */
void journal_clear(struct journal *j);

/*
 * What was seen of the memory while this journal, or another at its place, led elsewhere is no
 * longer so: it has a version that neither had.
 */
void journal_renew(struct journal *j, const struct journal *other);

/* Forgets the records before position `from`; later positions shrink by as many. */
void journal_forget(struct journal *j, size_t from);

void journal_record(struct journal *j, void *where, size_t len);

/* Call before changing len bytes at where. */
static inline void journal_save(struct journal *j, void *where, size_t len)
{
	if (j->on)
		journal_record(j, where, len);
}

/* Brings the bytes to how they were at position `to`, 0..count. */
void journal_move(struct journal *j, size_t to);

/* Forgets what follows the present. */
void journal_cut(struct journal *j);

/* Marks the present. Without a way back to it there is no mark. */
void journal_set_mark(struct journal *j);

/* 0 while the journal is off: then nobody knows what changes. */
static inline uint64_t journal_version(const struct journal *j)
{
	return j->on ? j->version : 0;
}

/*
 * What may differ from an earlier version, when the journal stood at position `at`: the bytes of
 * the records [*from, *to). False when that is not known, as records were forgotten since.
 */
bool journal_between(const struct journal *j, uint64_t version, size_t at, size_t *from,
	size_t *to);

/* Bytes of host memory in use. */
size_t journal_bytes(const struct journal *j);

#endif
