/* SPDX-License-Identifier: MIT */
#include "tests/model/rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "model/source/snapshot.h"
#include "tests/model/swiss_laws.h"

#include <cmocka.h>

void rig_open(struct session *s, const char *type, const char *arch, bool history)
{
	rig_open_go(s, type, arch, NULL, history);
}

void rig_open_go(struct session *s, const char *type, const char *arch, const char *release,
	bool history)
{
	struct session_options o = { .type = type, .arch = arch, .release = release,
		.seed = SESSION_SEED, .history = history };
	struct error err;

	if (!session_open(s, &o, &err))
		fail_msg("open %s %s: %s", type ? type : "-", arch ? arch : "-", err.msg);
}

/* The end of the line at s: a newline, or " ; ". */
static size_t line_length(const char *s, size_t *next)
{
	size_t n = strcspn(s, "\n");
	const char *semicolon = strstr(s, " ; ");

	if (semicolon && (size_t)(semicolon - s) < n) {
		*next = (size_t)(semicolon - s) + 3;
		return *next - 3;
	}
	*next = n + (s[n] != '\0');
	return n;
}

void rig_run(struct session *s, const char *lines)
{
	struct error err;
	size_t next;

	for (; *lines; lines += next) {
		char *line = xstrndup(lines, line_length(lines, &next));

		if (!session_run(s, line, &err).ok)
			fail_msg("\"%s\" failed: %s", line, err.msg);
		free(line);
	}
}

void rig_run_number(struct session *s, const char *command, unsigned n)
{
	char line[64];

	snprintf(line, sizeof line, "%s %u", command, n);
	rig_run(s, line);
}

void rig_goto(struct session *s, uint64_t p)
{
	struct error err;

	if (!session_goto(s, p, &err))
		fail_msg("goto %llu: %s", (unsigned long long)p, err.msg);
	assert_int_equal(s->time.now, p);
}

void rig_fails(struct session *s, const char *line, const char *message)
{
	struct text before = { 0 }, after = { 0 };
	uint64_t now = s->time.now, total = s->time.total;
	size_t nentries = s->time.nentries;
	struct error err = { "" };

	rig_state(s, &before);
	if (session_run(s, line, &err).ok)
		fail_msg("\"%s\" did not fail", line);
	if (strcmp(err.msg, message) != 0)
		fail_msg("\"%s\"\n  says   %s\n  not    %s", line, err.msg, message);
	rig_state(s, &after);
	if (strcmp(text_str(&before), text_str(&after)) != 0)
		fail_msg("\"%s\" failed and changed the state", line);
	if (now != s->time.now || total != s->time.total || nentries != s->time.nentries)
		fail_msg("\"%s\" failed and changed the timeline", line);
	text_free(&before);
	text_free(&after);
}

char *rig_document(struct session *s)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	struct error err;

	if (!session_ensure_map(s, &err) || !session_write_snapshots(s, out, &err))
		fail_msg("%s", err.msg);
	fclose(out);
	return text;
}

static uint64_t checksum(uint64_t sum, const void *bytes, size_t len)
{
	const uint8_t *p = bytes;
	uint64_t word;

	for (; len >= 8; len -= 8, p += 8) {
		memcpy(&word, p, 8);
		sum = (sum ^ word) * 0x9e3779b97f4a7c15u;
		sum ^= sum >> 29;
	}
	for (; len > 0; len--, p++)
		sum = (sum ^ *p) * 0x9e3779b97f4a7c15u;
	return sum;
}

uint64_t rig_memory(const struct session *s)
{
	const struct heap *h = &s->world.heap;

	if (h->usable == 0)
		return 0;
	return checksum(1, heap_at(h, h->base), (size_t)(h->state.next_page - h->base));
}

void rig_state(const struct session *s, struct text *out)
{
	const struct random *r = &s->world.random;
	const struct map *m = &s->world.map;

	text_printf(out,
		"hmap %llx type %s %s random %llx queues %u %u %u %u %llx heap %llx memory %llx",
		(unsigned long long)m->header, m->type->type->name, s->given.target->name,
		(unsigned long long)r->state, r->seeds.head, r->seeds.tail, r->draws.head,
		r->draws.tail,
		(unsigned long long)checksum(checksum(2, r->seeds.values, sizeof r->seeds.values),
			r->draws.values, sizeof r->draws.values),
		(unsigned long long)checksum(3, &s->world.heap.state, sizeof s->world.heap.state),
		(unsigned long long)rig_memory(s));
	for (int f = 0; m->header && s->given.release->engine == ENGINE_CLASSIC && f < HMAP_FIELDS;
		f++)
		if (hmap_has(m->type->release, (enum hmap_field)f))
			text_printf(
				out, " %llx", (unsigned long long)map_get(m, (enum hmap_field)f));
}

void rig_same_state(const struct session *s, const char *want, const char *when)
{
	struct text got = { 0 };

	rig_state(s, &got);
	if (strcmp(got.s, want) != 0)
		fail_msg("%s, point %llu of %llu: the state is\n%s\nnot\n%s", when,
			(unsigned long long)s->time.now, (unsigned long long)s->time.total, got.s,
			want);
	text_free(&got);
}

/* The laws */

struct check {
	struct session *s;
	const struct map *m;
	uint64_t live, chained; /* live cells; overflow buckets of the new array */
	bool ok;
};

static void broken(struct check *c, const char *law, uint64_t bucket, unsigned slot)
{
	if (c->ok)
		fprintf(stderr, "bucket %llu slot %u: %s\n", (unsigned long long)bucket, slot, law);
	c->ok = false;
}

static bool all_zero(const uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (p[i])
			return false;
	return true;
}

/* The cell is where its hash says, and a lookup finds it just there. */
static void check_live(struct check *c, bool old, uint64_t bucket, uint64_t addr, unsigned slot)
{
	const struct map *m = c->m;
	const uint8_t *key = map_key(m, addr, slot);
	uint64_t B = old ? map_old_B(m) : map_get(m, HMAP_B), hash;
	struct trace *trace = m->trace;
	struct place where;

	c->live++;
	if (!value_equal(m->heap, m->type->key, key, key))
		return; /* a NaN is nowhere to be found */
	hash = map_hash(m, key);
	if ((hash & ((1ull << B) - 1)) != bucket)
		broken(c, "the key's hash leads to another bucket", bucket, slot);
	if (tophash_of(m->type->target, hash) != map_at(m, addr)[slot])
		broken(c, "the tophash is not that of the key", bucket, slot);
	c->s->world.map.trace = NULL;
	if (!map_lookup(&c->s->world.map, key, &where))
		broken(c, "the key is not found", bucket, slot);
	else if (where.addr != addr || where.slot != slot || where.array != old)
		broken(c, "the key is found elsewhere", bucket, slot);
	c->s->world.map.trace = trace;
}

/* One bucket and its chain, of the new array or not evacuated yet. */
static void check_chain(struct check *c, bool old, uint64_t bucket)
{
	const struct map *m = c->m;
	const struct maptype *t = m->type;
	uint64_t addr = map_bucket(m, old, bucket), links = 0;
	bool rest = false;

	for (; addr; addr = map_overflow(m, addr)) {
		const uint8_t *tops = map_at(m, addr);

		if (!heap_holds(m->heap, addr, t->unit.size) || links++ > 100000) {
			broken(c, "the chain leads astray", bucket, 0);
			return;
		}
		for (unsigned i = 0; i < SLOTS; i++) {
			if (rest && tops[i] != EMPTY_REST)
				broken(c, "something follows emptyRest", bucket, i);
			rest |= tops[i] == EMPTY_REST;
			if (tops[i] >= MIN_TOPHASH)
				check_live(c, old, bucket, addr, i);
			else if (tops[i] > EMPTY_ONE)
				broken(c, "an evacuation mark where none can be", bucket, i);
			else if (!all_zero(
					 map_at(m, addr + unit_elem(&t->unit, i)), t->elemsize))
				broken(c, "a dead cell's elem is not zeroed", bucket, i);
		}
	}
	if (!old)
		c->chained += links - 1;
}

static bool chain_empty(const struct map *m, uint64_t bucket)
{
	uint64_t addr = map_bucket(m, false, bucket);

	return all_zero(map_at(m, addr), SLOTS) && !map_overflow(m, addr);
}

static void check_old(struct check *c)
{
	const struct map *m = c->m;
	uint64_t n = 1ull << map_old_B(m), mark = map_get(m, HMAP_NEVACUATE);
	bool same = map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE;

	if (mark >= n)
		broken(c, "nevacuate is at the end and the growth is not over", mark, 0);
	/* In larger arrays it may have stopped after 1024. */
	else if (n <= 1024 && map_evacuated(m, map_bucket(m, true, mark)))
		broken(c, "nevacuate stands at a bucket that was evacuated", mark, 0);
	for (uint64_t i = 0; i < n; i++) {
		if (map_evacuated(m, map_bucket(m, true, i))) {
			for (unsigned k = 0; k < SLOTS; k++) {
				uint8_t top = map_at(m, map_bucket(m, true, i))[k];

				if (top < EVACUATED_X || top > EVACUATED_EMPTY ||
					(same && top == EVACUATED_Y))
					broken(c, "an evacuated bucket with another mark", i, k);
			}
			continue;
		}
		if (i < mark)
			broken(c, "not evacuated, but below nevacuate", i, 0);
		if (!chain_empty(m, i) || (!same && !chain_empty(m, i + n)))
			broken(c, "not evacuated, but its new bucket is in use", i, 0);
		check_chain(c, true, i);
	}
}

static void check_reached(struct check *c)
{
	const struct heap_state *h = &c->m->heap->state;
	struct account reached = map_reached(c->m);

	if (reached.objects > h->alloc_objects - h->freed_objects ||
		reached.bytes > h->alloc_bytes - h->freed_bytes)
		broken(c, "more is reached than was allocated", reached.objects, 0);
}

static void check_header(struct check *c)
{
	const struct map *m = c->m;
	unsigned B = (unsigned)map_get(m, HMAP_B);
	int64_t next = map_next_overflow(m);

	if (c->live != map_get(m, HMAP_COUNT))
		broken(c, "count is not the number of live cells", c->live, 0);
	if (B < 16 && c->chained != map_get(m, HMAP_NOVERFLOW))
		broken(c, "noverflow is not the number of overflow buckets", c->chained, 0);
	if (map_get(m, HMAP_FLAGS) & FLAG_WRITING)
		broken(c, "hashWriting is left set", 0, 0);
	if ((map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE) && !map_growing(m))
		broken(c, "sameSizeGrow without a growth", 0, 0);
	if (next != -1 &&
		(next < (int64_t)1 << B || next >= (int64_t)maptype_array_buckets(m->type, B)))
		broken(c, "nextOverflow is outside the spare buckets", (uint64_t)next, 0);
	check_reached(c);
}

bool rig_sound(struct session *s)
{
	struct check c = { .s = s, .m = &s->world.map, .ok = true };

	if (!s->world.map.header)
		return true;
	if (s->given.release->engine == ENGINE_SWISS) {
		check_reached(&c);
		return c.ok && swiss_sound(&s->world.map);
	}
	if (map_get(c.m, HMAP_BUCKETS))
		for (uint64_t i = 0; i < 1ull << map_get(c.m, HMAP_B); i++)
			check_chain(&c, false, i);
	if (map_growing(c.m))
		check_old(&c);
	check_header(&c);
	return c.ok;
}

uint64_t rig_roll(struct rig_dice *d)
{
	d->state ^= d->state << 13;
	d->state ^= d->state >> 7;
	d->state ^= d->state << 17;
	return d->state * 0x2545f4914f6cdd1du;
}

uint64_t rig_below(struct rig_dice *d, uint64_t below)
{
	return (rig_roll(d) >> 11) % below;
}
