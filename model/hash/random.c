/* SPDX-License-Identifier: MIT */
#include "model/hash/random.h"

void random_start(struct random *r, struct journal *j, uint64_t seed)
{
	*r = (struct random){ .journal = j, .state = seed };
}

/* SplitMix64 (Steele, Lea, Flood 2014): one multiplication chain over a counter. */
uint32_t random_next(struct random *r)
{
	uint64_t z;

	journal_save(r->journal, &r->state, sizeof r->state);
	r->state += 0x9e3779b97f4a7c15u;
	z = r->state;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ z >> 31) >> 32);
}

uint64_t random_next64(struct random *r)
{
	uint64_t low = random_next(r);

	return low | (uint64_t)random_next(r) << 32;
}

uint64_t random_seed(struct random *r, unsigned bytes)
{
	uint64_t value;

	if (r->head == r->tail)
		return bytes == 8 ? random_next64(r) : random_next(r);
	journal_save(r->journal, &r->head, sizeof r->head);
	value = r->queue[r->head++ % RANDOM_QUEUE];
	return bytes == 8 ? value : (uint32_t)value;
}

bool random_queue(struct random *r, uint64_t value)
{
	uint64_t *slot = &r->queue[r->tail % RANDOM_QUEUE];

	if (r->tail - r->head == RANDOM_QUEUE)
		return false;
	journal_save(r->journal, slot, sizeof *slot);
	journal_save(r->journal, &r->tail, sizeof r->tail);
	*slot = value;
	r->tail++;
	return true;
}
