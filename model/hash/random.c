/* SPDX-License-Identifier: MIT */
#include "model/hash/random.h"

void random_start(struct random *r, struct journal *j, uint64_t seed)
{
	*r = (struct random){ .journal = j, .state = seed };
}

/* SplitMix64 (Steele, Lea, Flood 2014): one multiplication chain over a counter. */
static uint32_t generate(struct random *r)
{
	uint64_t z;

	journal_save(r->journal, &r->state, sizeof r->state);
	r->state += 0x9e3779b97f4a7c15u;
	z = r->state;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ z >> 31) >> 32);
}

static uint64_t take(struct random *r, struct random_queue *q)
{
	journal_save(r->journal, &q->head, sizeof q->head);
	return q->values[q->head++ % RANDOM_QUEUE];
}

uint32_t random_next(struct random *r)
{
	return random_waiting(&r->draws) ? (uint32_t)take(r, &r->draws) : generate(r);
}

uint64_t random_next64(struct random *r)
{
	uint64_t low;

	if (random_waiting(&r->draws))
		return take(r, &r->draws);
	low = generate(r);
	return low | (uint64_t)generate(r) << 32;
}

uint64_t random_seed(struct random *r, unsigned bytes)
{
	uint64_t value;

	if (!random_waiting(&r->seeds))
		return bytes == 8 ? random_next64(r) : random_next(r);
	value = take(r, &r->seeds);
	return bytes == 8 ? value : (uint32_t)value;
}

bool random_add(struct random *r, struct random_queue *q, uint64_t value)
{
	uint64_t *slot = &q->values[q->tail % RANDOM_QUEUE];

	if (random_waiting(q) == RANDOM_QUEUE)
		return false;
	journal_save(r->journal, slot, sizeof *slot);
	journal_save(r->journal, &q->tail, sizeof q->tail);
	*slot = value;
	q->tail++;
	return true;
}

void random_pass(struct random *r, struct random_queue *q, uint32_t count)
{
	if (count)
		journal_save(r->journal, &q->head, sizeof q->head);
	q->head += count;
}

void random_forget(struct random *r, struct random_queue *q)
{
	random_pass(r, q, random_waiting(q));
}
