/* SPDX-License-Identifier: MIT */
/*
 * The range loop of a classic map in a snapshot:
 *
 *     "range": {"bucket": 3, "slot": 5, ..,
 *       "stands": {"array": "buckets", "next": 6, "wrapped": false,
 *         "at": {"array": "buckets", "bucket": 5, "chain": 0, "done": 2}}}
 *
 * bucket and slot are where it began. stands says from where it goes on: the array that it walks,
 * the bucket that is next, and between buckets null, or else the bucket that it is in, how far down
 * its chain and how many of the eight slots are done; where the release's header counts the clears,
 * also the count when it began, "clearseq". It does not stand anywhere where it walks
 * an array that is gone, a chain that was cut off. Of an old array's evacuated cells the raw bytes
 * show the keys only if these have no pointers; else such a loop cannot go on either.
 */
#include <inttypes.h>
#include <string.h>

#include "model/map/classic/reading.h"
#include "model/source/buckets_parts.h"
#include "model/source/source_parts.h"

static const char *const arrays[] = { "buckets", "oldbuckets" };

/* Which of the map's arrays that is; false when it is none of them any more. */
static bool find_array(const struct map *m, uint64_t array, bool *old)
{
	*old = array == map_get(m, HMAP_OLDBUCKETS);
	return array && (*old || array == map_get(m, HMAP_BUCKETS));
}

/* The bucket so far down a chain; 0 past its end. */
static uint64_t down_chain(const struct map *m, uint64_t addr, uint64_t chain)
{
	for (; addr && chain > 0; chain--)
		addr = map_overflow(m, addr);
	return addr;
}

/* The bucket that a loop is in. False when no chain leads there. */
static bool add_at(const struct map *m, struct text *out)
{
	const struct classic_loop *l = &m->loop.classic;
	bool old;

	if (!l->at.addr) {
		text_add(out, "null");
		return true;
	}
	if (!find_array(m, l->array, &old) ||
		down_chain(m, map_bucket(m, old, l->at.unit), l->at.link) != l->at.addr)
		return false;
	text_printf(out, "{\"array\":\"%s\",\"bucket\":%" PRIu64
		",\"chain\":%u,\"done\":%u}", arrays[old], l->at.unit, l->at.link, l->i);
	return true;
}

static void add_stands(const struct map *m, struct text *out)
{
	const struct range_loop *l = &m->loop;
	struct text at = { 0 }, clears = { 0 };
	bool old;

	if (m->type->release->counts_clears)
		text_printf(&clears, ",\"clearseq\":%" PRIu64, l->classic.clears);
	if (l->over || l->left || !find_array(m, l->classic.buckets, &old) || !add_at(m, &at))
		text_add(out, "null");
	else
		text_printf(out, "{\"array\":\"%s\",\"next\":%" PRIu64
			",\"wrapped\":%s,\"at\":%s%s}", arrays[old], l->classic.bucket,
			l->classic.wrapped ? "true" : "false", text_str(&at), text_str(&clears));
	text_free(&at);
	text_free(&clears);
}

void buckets_add_loop(const struct map *m, struct text *out)
{
	text_printf(out, "\"bucket\":%" PRIu64 ",\"slot\":%u,\"stands\":",
		m->loop.classic.start, m->loop.classic.offset);
	add_stands(m, out);
	text_addc(out, ',');
}

/* Reading */

static struct buckets_loop *loop_of(void *into)
{
	return &((struct snapshot_reading *)into)->s.loop.buckets;
}

/* Which array it is, by its name. */
static bool read_array(struct reading *r, bool *old)
{
	const char *s;

	if (!reading_value(r, PULL_STRING))
		return false;
	s = text_str(&r->pull->text);
	*old = strcmp(s, arrays[1]) == 0;
	return *old || strcmp(s, arrays[0]) == 0 ||
		reading_wrong(r, "\"%.40s\": \"buckets\" or \"oldbuckets\" is expected", s);
}

static bool read_walked(struct reading *r, void *into)
{
	return read_array(r, &loop_of(into)->old);
}

static bool read_inside(struct reading *r, void *into)
{
	return read_array(r, &loop_of(into)->at_old);
}

#define NUMBER(word, f, to) MEMBER_NUMBER_AT(word, snapshot_reading, s.loop.buckets.f, 0, to)

static const struct member at_rows[] = {
	MEMBER_READ("array", read_inside, true, "a string"),
	NUMBER("bucket", at_bucket, INT64_MAX),
	NUMBER("chain", chain, UINT32_MAX),
	NUMBER("done", done, SLOTS),
};
static const struct members at_members = MEMBERS(at_rows);

static bool read_at(struct reading *r, void *into)
{
	return loop_read_part(r, &at_members, into, &loop_of(into)->inside);
}

static const struct member stands_rows[] = {
	MEMBER_READ("array", read_walked, true, "a string"),
	NUMBER("next", next, INT64_MAX),
	{ .name = "wrapped", .kind = MEMBER_FLAG, .needed = true,
		.offset = offsetof(struct snapshot_reading, s.loop.buckets.wrapped) },
	MEMBER_READ("at", read_at, false, NULL),
	{ .name = "clearseq", .kind = MEMBER_NUMBER, .most = INT64_MAX,
		.offset = offsetof(struct snapshot_reading, s.loop.buckets.clears) },
};
static const struct members stands_members = MEMBERS(stands_rows);

static bool read_stands(struct reading *r, void *into)
{
	return loop_read_part(r, &stands_members, into,
		&((struct snapshot_reading *)into)->s.loop.stands);
}

static const struct member range_rows[] = {
	NUMBER("bucket", bucket, INT64_MAX),
	NUMBER("slot", slot, SLOTS - 1),
	MEMBER_READ("stands", read_stands, false, NULL),
};
const struct members buckets_loop_members = MEMBERS(range_rows);

/* Restoring */

/*
 * Whether it will look at evacuated cells whose keys are not known: where the keys have pointers,
 * a snapshot does not show what they were.
 */
static bool walks_stale_keys(const struct map *m, const struct buckets_loop *l)
{
	if (!m->type->key->pointers && !m->type->indirect_key)
		return false;
	return l->old || (l->inside && l->at_old &&
				 map_evacuated(m, map_bucket(m, true, l->at_bucket)));
}

/* Its place in the map that is there; false when there is no such place. */
bool buckets_place_loop(const struct rebuilding *r, struct range_loop *out)
{
	const struct map *m = r->m;
	const struct buckets_loop *l = &r->snap->loop.buckets;
	uint64_t array = map_get(m, l->old ? HMAP_OLDBUCKETS : HMAP_BUCKETS);
	uint64_t within = map_get(m, l->at_old ? HMAP_OLDBUCKETS : HMAP_BUCKETS);
	unsigned B = l->old ? map_old_B(m) : (unsigned)map_get(m, HMAP_B);
	unsigned at_B = l->at_old ? map_old_B(m) : (unsigned)map_get(m, HMAP_B);

	out->classic.start = l->bucket;
	out->classic.offset = (uint8_t)l->slot;
	out->classic.check = UINT64_MAX;
	if (!r->snap->loop.stands || !array || l->bucket >> B || l->next >> B)
		return false;
	out->classic.buckets = array;
	out->classic.bucket = l->next;
	out->classic.clears = l->clears;
	out->classic.wrapped = l->wrapped;
	out->classic.B = (uint8_t)B;
	if (!l->inside)
		return !walks_stale_keys(m, l);
	if (!within || l->at_bucket >> at_B)
		return false;
	if (walks_stale_keys(m, l))
		return false;
	out->classic.array = within;
	out->classic.i = (uint8_t)l->done;
	out->classic.at = (struct place){ .unit = l->at_bucket, .link = (uint32_t)l->chain,
		.addr = down_chain(m, map_bucket(m, l->at_old, l->at_bucket), l->chain) };
	/* In an old bucket that waits, only what goes to the bucket whose turn it is comes. */
	out->classic.check = array == within ? UINT64_MAX : (l->next - 1) & ((1ull << B) - 1);
	return out->classic.at.addr != 0;
}
