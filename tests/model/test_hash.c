/* SPDX-License-Identifier: MIT */
/*
 * Hashes against the runtime's own. The figures come from Go 1.19.8 (the keyed portable hash:
 * Go 1.23.12) with the hash key set to the bytes 11, 48, 85, .. and the seed 0x9e3779b1; the
 * runtime's functions were called for memory, and the maps' own hashers for types.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "tests/model/rig.h"

#include <cmocka.h>

#define SEED 0x9e3779b1u

static const size_t lengths[] = { 0, 1, 3, 4, 5, 8, 9, 16, 17, 32, 33, 48, 49, 64, 65, 96, 128,
	129, 200, 300 };

enum { FOUR = LENGTH(lengths), EIGHT, STRING77, VECTORS };

/* memhash of each of the lengths, then memhash32, memhash64 and strhash of 77 bytes. */
static const struct vectors {
	const char *name, *arch, *release;
	enum hash_family family;
	uint64_t want[VECTORS];
} vectors[] = {
	{ "aes, 64 bit", "amd64", "1.19", HASH_AES, {
		0x13c6c01ac3f8a233, 0xda6e8a2ac7677177, 0x3ea9b6eea684ce26,
		0xb8ecfd9c3e9ee166, 0x225adc101f943b31, 0x86d8375e0451e2df,
		0xe41397bc9250fb91, 0xf9d56fa520d63f2a, 0xaffd5b0e0fb23f2a,
		0xbdf5ad091728e8df, 0x415519f12d9d9efd, 0x75fa1239baa7dba5,
		0x74deca5794bb008b, 0xa7ec31236fc1c573, 0x94c38ea8126f111b,
		0x4854e0971bbea08b, 0x33d1eb6f5bfece62, 0xd38c1ec5c32ea7c5,
		0xa9735c9fe1eb7f4f, 0xbae9027539cf00aa, 0xd819335c038a4899,
		0x431ae66b7928f5b1, 0x4af92338a4c8976f,
	} },
	{ "aes, 32 bit", "386", "1.19", HASH_AES, {
		0xc3f8a233, 0xc7677177, 0xa684ce26,
		0x3e9ee166, 0x1f943b31, 0x451e2df,
		0x9250fb91, 0x20d63f2a, 0xfb23f2a,
		0x1728e8df, 0x2d9d9efd, 0xbaa7dba5,
		0x94bb008b, 0x6fc1c573, 0x27f32eb2,
		0xac800093, 0x78f78d2e, 0x8969bae3,
		0xb1c40a10, 0xd7623f0c, 0x2c956c6,
		0x988b4344, 0xadc6961a,
	} },
	{ "wyhash, 64 bit", "amd64", "1.19", HASH_WYHASH, {
		0xae9fd9fb9cdf2d95, 0xf5d275eba031bcc, 0x65104f5d83cc3b2c,
		0xc0b2cd9ce5660a2a, 0x11367d9c0eb67cfd, 0x70dba7e400beeaf9,
		0x8ede544b39318fd1, 0x5cff14f71d032f09, 0x444c913dc2a3ddb1,
		0xfd1e0e12729d2f93, 0x4e5984061e5fd306, 0xbede5b430119e269,
		0xf7b8d6c3dafd77fe, 0x6f619fa49be0144f, 0x4f32caa7a1f440a4,
		0x259ceeae7d113853, 0x6c4609748a388ca9, 0x6310416ffce7a124,
		0xa3d0e5dd0aa2d49e, 0xb590be20aa4432f3, 0xc0b2cd9ce5660a2a,
		0x70dba7e400beeaf9, 0xcd63bb51ac0e6b62,
	} },
	{ "wyhash, 64 bit, 1.22", "amd64", "1.22", HASH_WYHASH, {
		0xae9fd9fb9cdf2d95, 0xf5d275eba031bcc, 0x65104f5d83cc3b2c,
		0xc0b2cd9ce5660a2a, 0x11367d9c0eb67cfd, 0x70dba7e400beeaf9,
		0x8ede544b39318fd1, 0x5cff14f71d032f09, 0x444c913dc2a3ddb1,
		0xfd1e0e12729d2f93, 0x4e5984061e5fd306, 0xbede5b430119e269,
		0xf7b8d6c3dafd77fe, 0x6f619fa49be0144f, 0x4f32caa7a1f440a4,
		0x259ceeae7d113853, 0x6c4609748a388ca9, 0x6310416ffce7a124,
		0xa3d0e5dd0aa2d49e, 0xb590be20aa4432f3, 0xc0b2cd9ce5660a2a,
		0x70dba7e400beeaf9, 0xcd63bb51ac0e6b62,
	} },
	{ "wyhash, 64 bit, keyed", "amd64", "1.23", HASH_WYHASH, {
		0xee9c49fe46249ba, 0x6535b33a48645db5, 0x3903e5a7bdae431a,
		0xaceac4b877f0b24a, 0xe5e25009fbcf038a, 0x7504664334b34628,
		0xe80b02f40deb7f56, 0x5c971d7b5e456fa7, 0x81675dece06f3719,
		0x215d979f58035942, 0x7b762a6c5248cc91, 0xab222c71c34e9df,
		0xa97491894f4c71e8, 0xf1b3d3d8a0684324, 0x6ec40c9b210263de,
		0xa2171ef96264989a, 0xe984bdc16cf814f, 0xf6b9ab78f1f301c3,
		0x1e5871f8aba9d1f9, 0xa5906183152b5b0a, 0xaceac4b877f0b24a,
		0x7504664334b34628, 0x47566ca82efe1999,
	} },
	{ "wyhash, 32 bit", "386", "1.19", HASH_WYHASH, {
		0xf696df76, 0x8070167d, 0xcf80d721,
		0xa241eed3, 0x741d0cd9, 0xfc7b0093,
		0xf476ffce, 0xfbda109e, 0x130f05bd,
		0xcb5d41ec, 0x1b17cd89, 0x5eff3c1c,
		0x193cc6a5, 0x5e6cde42, 0x9e568fe1,
		0x3e0a4fdf, 0x6f3d1640, 0x3b263b30,
		0xf0e50b98, 0x2bfe5b47, 0xa241eed3,
		0xfc7b0093, 0x285c8f8b,
	} },
	{ "wyhash, 32 bit, 1.23", "386", "1.23", HASH_WYHASH, {
		0xf696df76, 0x8070167d, 0xcf80d721,
		0xa241eed3, 0x741d0cd9, 0xfc7b0093,
		0xf476ffce, 0xfbda109e, 0x130f05bd,
		0xcb5d41ec, 0x1b17cd89, 0x5eff3c1c,
		0x193cc6a5, 0x5e6cde42, 0x9e568fe1,
		0x3e0a4fdf, 0x6f3d1640, 0x3b263b30,
		0xf0e50b98, 0x2bfe5b47, 0xa241eed3,
		0xfc7b0093, 0x285c8f8b,
	} },
};

static const struct typed {
	const char *type, *key;
	uint64_t want[4]; /* amd64 aes, amd64 wyhash, 386 aes, 386 wyhash */
} typed[] = {
	{ "map[struct{ A int8; B int64 }]int", "{5, 77}",
		{ 0x9fad109f85443515, 0x4d989df184c551a9, 0x78cdf5e2, 0xca097977 } },
	{ "map[struct{ A int32; _ int32; B int64 }]int", "{5, 99, 77}",
		{ 0xb902535ee841cf0f, 0xaddfa4f0627f0342, 0xe5457a82, 0xd8e45ede } },
	{ "map[struct{ A string; B float64 }]int", "{\"hello\", 1.5}",
		{ 0xdd5641d9741eca56, 0x97ed51ea7d66c5b7, 0xba15e0aa, 0x93f04d62 } },
	{ "map[struct{ A, B int16; C string; D uint32; E uint8 }]int", "{1, 2, \"x\", 3, 4}",
		{ 0x6270b8711ddf2f65, 0x7735c8b2d1384ee0, 0x6f683004, 0xf30e4e80 } },
	{ "map[[3]string]int", "{\"a\", \"\", \"ccc\"}",
		{ 0x8fe7f2a8fde0f032, 0xe8baeb75664ab340, 0x438526ce, 0x5997ecdd } },
	{ "map[[5]int16]int", "{1, 2, 3, 4, 5}",
		{ 0x20e06afd54ed7f71, 0xd8fb8d49cedce789, 0x54ed7f71, 0x1f206296 } },
	{ "map[float64]int", "1.5",
		{ 0x174f67ee46c635f8, 0x50dfa7dc14ee6169, 0x46c635f8, 0x1e5ef43 } },
	{ "map[float32]int", "0",
		{ 0xfc210e813fea7c70, 0xfc210e813fea7c70, 0x37c2ee38, 0x37c2ee38 } },
	{ "map[float64]int", "-0.0",
		{ 0xfc210e813fea7c70, 0xfc210e813fea7c70, 0x37c2ee38, 0x37c2ee38 } },
	{ "map[complex128]int", "(1.5-2i)",
		{ 0xc362fd639960c105, 0xda2c96f8528446cb, 0xe33d9211, 0x8e48a858 } },
	{ "map[complex64]int", "(1.5+0i)",
		{ 0x5509cb0e6d638471, 0x9dc4478de552d160, 0x44ad01db, 0xae11c2ce } },
	{ "map[any]int", "nil",
		{ 0x9e3779b1, 0x9e3779b1, 0x9e3779b1, 0x9e3779b1 } },
	{ "map[any]int", "42",
		{ 0x1faf070139bfa1b, 0xb8c492fe5ce8d482, 0x782b6cac, 0xb13122ab } },
	{ "map[any]int", "\"hello\"",
		{ 0xa24ad7b508d563bc, 0x6ba95717d012f48, 0xe4b98057, 0x710ce21e } },
	{ "map[any]int", "int8(-3)",
		{ 0x777374fe7234b06c, 0x9f1747d43cdd3a53, 0xe31676df, 0x500ad942 } },
	{ "map[any]int", "uint32(7)",
		{ 0xb03f677adb7df580, 0x28b7491096f8a4db, 0x9c35bac8, 0xbc66ee1e } },
	{ "map[any]int", "2.5",
		{ 0x1d9b9a0653118e4, 0x761d33200e4451bb, 0xabfe97a0, 0x53bcb422 } },
	{ "map[any]int", "true",
		{ 0x3aa5099f265f8577, 0x55610501a12fc82f, 0xfbcc7657, 0xf0169925 } },
	{ "map[struct{}]int", "{}",
		{ 0x9e3779b1, 0x9e3779b1, 0x9e3779b1, 0x9e3779b1 } },
	{ "map[bool]int", "true",
		{ 0x63ad0c6d6b53370c, 0x9310fe51b7766ddd, 0x6b53370c, 0xa84c278c } },
	{ "map[[2]struct{ A int8; B string }]int", "{{1, \"x\"}, {2, \"y\"}}",
		{ 0xca406264f26b12dc, 0x2327d04bb3e9b52c, 0x1fa42fd4, 0xcbf3cb3d } },
	{ "map[struct{ A any; B int8 }]int", "{int64(9), 3}",
		{ 0xe7fe75b1ce285d6, 0x22e0c064663c6984, 0xd44ec33b, 0xdecc952 } },
};

static void fill_key(uint8_t *key)
{
	for (unsigned i = 0; i < HASHKEY_MOST; i++)
		key[i] = (uint8_t)(i * 37 + 11);
}

static void fill_data(uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		data[i] = (uint8_t)(i * i * 7 + i * 31 + 3);
}

static const struct target *target(const char *name)
{
	struct error err;
	const struct target *t = target_find(name, &err);

	if (!t)
		fail_msg("%s", err.msg);
	return t;
}

static struct hasher hasher(const char *arch, const char *release, enum hash_family family)
{
	struct error err;
	const struct release *r = release_find(release, &err);
	struct hasher h = { 0 };
	uint8_t key[HASHKEY_MOST];

	if (!r)
		fail_msg("%s", err.msg);
	fill_key(key);
	hasher_init(&h, target(arch), r, family, key, target_hashkey_size(target(arch), family));
	return h;
}

static void same_hash(const char *name, const char *what, size_t len, uint64_t got, uint64_t want)
{
	if (got != want)
		fail_msg("%s: %s of %zu bytes is %#llx, not %#llx", name, what, len,
			(unsigned long long)got, (unsigned long long)want);
}

static void check_vectors(const struct vectors *v, struct hasher *h)
{
	uint8_t data[300];

	fill_data(data, sizeof data);
	for (size_t i = 0; i < LENGTH(lengths); i++)
		same_hash(v->name, "memhash", lengths[i], hash_mem(h, data, lengths[i], SEED),
			v->want[i]);
	same_hash(v->name, "memhash32", 4, hash_four(h, data, SEED), v->want[FOUR]);
	same_hash(v->name, "memhash64", 8, hash_eight(h, data, SEED), v->want[EIGHT]);
	same_hash(v->name, "strhash", 77, hash_mem(h, data, 77, SEED), v->want[STRING77]);
}

static void memory_hashes_as_the_runtime(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(vectors); i++) {
		struct hasher h = hasher(vectors[i].arch, vectors[i].release, vectors[i].family);

		check_vectors(&vectors[i], &h);
		h.aes = aeshash_entries(&aeshash_plain, h.target, release_at(0));
		check_vectors(&vectors[i], &h);
	}
}

/* A session whose maps hash with the key and the seed of the figures. */
static void open_known(struct session *s, const char *type, const char *arch,
	enum hash_family family)
{
	uint8_t key[HASHKEY_MOST];
	struct error err;

	fill_key(key);
	rig_open(s, type, arch, true);
	if (!session_set_hash(s, family, key, target_hashkey_size(s->given.target, family), &err))
		fail_msg("%s", err.msg);
	rig_run(s, "seed 2654435761 ; make");
}

/* The hash of a key by the path that the map's type takes, or by the general one. */
static uint64_t hash_literal(struct session *s, const char *literal, bool general)
{
	const struct gotype *t = s->world.map.type->key;
	struct value_home home = { .heap = &s->world.heap, .scratch = true };
	uint8_t *key = calloc(1, t->size + 1);
	struct error err;
	uint64_t hash;

	if (!value_parse(&home, t, &literal, key, "key", &err))
		fail_msg("%s", err.msg);
	hash = general ? hash_value(&s->world.hasher, t, key, map_get(&s->world.map, HMAP_HASH0),
				 &s->world.random)
		       : map_hash_drawn(&s->world.map, key);
	free(key);
	return hash;
}

static void types_hash_as_the_runtime(void **state)
{
	static const char *const arches[] = { "amd64", "amd64", "386", "386" };

	(void)state;
	for (size_t i = 0; i < LENGTH(typed); i++) {
		for (unsigned k = 0; k < 4; k++) {
			struct session s;
			uint64_t got;

			open_known(&s, typed[i].type, arches[k], k % 2 ? HASH_WYHASH : HASH_AES);
			got = hash_literal(&s, typed[i].key, false);
			if (got != typed[i].want[k])
				fail_msg("%s, %s, %s: %#llx, not %#llx", typed[i].type,
					typed[i].key, arches[k], (unsigned long long)got,
					(unsigned long long)typed[i].want[k]);
			session_close(&s);
		}
	}
}

static void same_entries(const char *name, const struct aes_entries *a, const struct aes_entries *b,
	const uint8_t *key, const uint8_t *p, size_t len, uint64_t seed)
{
	same_hash(name, "memhash", len, a->mem(key, p, len, seed), b->mem(key, p, len, seed));
	same_hash(name, "memhash32", 4, a->four(key, p, seed), b->four(key, p, seed));
	same_hash(name, "memhash64", 8, a->eight(key, p, seed), b->eight(key, p, seed));
}

/* The same machine code in plain C and with the processor's instructions. */
static void plain_aes_equals_the_instructions(void **state)
{
	struct rig_dice d = { 7 };
	uint8_t key[HASHKEY_MOST], data[320];

	(void)state;
	if (!aeshash_have_cpu()) {
		print_message("this processor has no AES instructions: nothing to compare\n");
		skip();
	}
	for (unsigned round = 0; round < 40; round++) {
		for (size_t i = 0; i < sizeof key; i++)
			key[i] = (uint8_t)rig_roll(&d);
		for (size_t i = 0; i < sizeof data; i++)
			data[i] = (uint8_t)rig_roll(&d);
		for (size_t len = 0; len <= 300; len++) {
			uint64_t seed = rig_roll(&d), seed32 = (uint32_t)seed;
			const uint8_t *p = data + round % 16;

			same_entries("amd64", &aeshash_plain.amd64, &aeshash_cpu.amd64, key, p, len,
				seed);
			same_entries(
				"386", &aeshash_plain.i386, &aeshash_cpu.i386, key, p, len, seed32);
			for (unsigned i = 0; i < ARM_AES_COUNT; i++)
				same_entries("arm64", &aeshash_plain.arm64[i],
					&aeshash_cpu.arm64[i], key, p, len, seed);
		}
	}
}

static void a_32_bit_hash_is_32_bits_wide(void **state)
{
	uint8_t data[300];

	(void)state;
	fill_data(data, sizeof data);
	for (int family = HASH_AES; family <= HASH_WYHASH; family++) {
		struct hasher h = hasher("386", "1.19", (enum hash_family)family);

		for (size_t len = 0; len <= 300; len++)
			assert_true(hash_mem(&h, data, len, SEED) <= UINT32_MAX);
		assert_true(hash_four(&h, data, SEED) <= UINT32_MAX);
		assert_true(hash_eight(&h, data, SEED) <= UINT32_MAX);
	}
}

static void the_key_and_the_seed_matter(void **state)
{
	uint8_t data[300], key[HASHKEY_MOST] = { 0 };

	(void)state;
	fill_data(data, sizeof data);
	for (size_t i = 0; i < LENGTH(vectors); i++) {
		struct hasher h = hasher(vectors[i].arch, vectors[i].release, vectors[i].family),
			      o = h;

		hasher_init(&o, h.target, release_at(0), h.family, key, h.key_size);
		for (size_t len = 1; len <= 300; len += 7) {
			uint64_t hash = hash_mem(&h, data, len, SEED);

			assert_int_not_equal(hash, hash_mem(&h, data, len, SEED + 1));
			assert_int_not_equal(hash, hash_mem(&o, data, len, SEED));
			data[len - 1] ^= 0x10;
			assert_int_not_equal(hash, hash_mem(&h, data, len, SEED));
			data[len - 1] ^= 0x10;
		}
	}
}

/*
 * On a big-endian machine the portable hash loads its words the other way round. So the hash of
 * memory there is that of the memory with each word turned round on a little-endian machine.
 */
static void big_endian_loads(void **state)
{
	static const char *const pairs[][2] = { { "s390x", "amd64" }, { "mips", "386" } };
	static const size_t sizes[] = { 8, 16, 24, 32, 48, 56, 64, 96, 104, 144, 296 };
	uint8_t data[304], turned[304];

	(void)state;
	fill_data(data, sizeof data);
	for (size_t i = 0; i < 2; i++) {
		const struct target *big = target(pairs[i][0]), *little = target(pairs[i][1]);
		unsigned word = big->ptrsize;
		struct wyhash b, l;
		uint8_t key[HASHKEY_MOST], key_turned[HASHKEY_MOST];

		fill_key(key);
		for (size_t at = 0; at < sizeof key; at++)
			key_turned[at] = key[at / word * word + (word - 1 - at % word)];
		wyhash_init(&b, big, release_at(0), key);
		wyhash_init(&l, little, release_at(0), key_turned);
		for (size_t at = 0; at < sizeof data; at++)
			turned[at] = data[at / word * word + (word - 1 - at % word)];
		for (size_t k = 0; k < LENGTH(sizes); k++)
			same_hash(pairs[i][0], "memhash", sizes[k],
				wyhash_mem(&b, data, sizes[k], SEED),
				wyhash_mem(&l, turned, sizes[k], SEED));
		assert_int_equal(wyhash_eight(&b, data, SEED), wyhash_eight(&l, turned, SEED));
		assert_int_not_equal(wyhash_eight(&b, data, SEED), wyhash_eight(&l, data, SEED));
		for (size_t at = 0; at < 4; at++)
			turned[at] = data[3 - at];
		assert_int_equal(wyhash_four(&b, data, SEED), wyhash_four(&l, turned, SEED));
		/* One to three bytes are put together byte by byte. */
		assert_int_equal(wyhash_mem(&b, data, 3, SEED), wyhash_mem(&l, data, 3, SEED));
	}
}

/*
 * The short entries of the portable hash give what the long one gives; but that of 8 bytes takes
 * them as a number from 1.27 on, which on mips has its low half behind.
 */
static void short_forms_of_wyhash(void **state)
{
	uint8_t data[8], swapped[8];

	(void)state;
	fill_data(data, sizeof data);
	for (unsigned i = 0; i < 8; i++)
		swapped[i] = data[i ^ 4];
	for (unsigned i = 0; target_at(i); i++) {
		for (unsigned r = 0; release_at(r); r++) {
			struct hasher h =
				hasher(target_at(i)->name, release_at(r)->name, HASH_WYHASH);

			assert_int_equal(hash_four(&h, data, SEED), hash_mem(&h, data, 4, SEED));
			assert_int_equal(hash_eight(&h, data, SEED),
				hash_mem(&h, h.wyhash.swaps ? swapped : data, 8, SEED));
			assert_int_equal(h.wyhash.swaps,
				strcmp(target_at(i)->name, "mips") == 0 &&
					release_at(r)->minor >= 27);
		}
	}
}

/* Equal values hash alike, whatever else their bytes are. */
static void equal_keys_hash_alike(void **state)
{
	static const struct {
		const char *type, *a, *b;
		bool alike;
	} rows[] = {
		{ "map[float64]int", "0", "-0.0", true },
		{ "map[float32]int", "0", "-0.0", true },
		{ "map[complex128]int", "(0-0.0i)", "(-0.0+0i)", true },
		{ "map[struct{ F float32; I int8 }]int", "{0, 1}", "{-0.0, 1}", true },
		{ "map[[2]float64]int", "{-0.0, 0}", "{0, -0.0}", true },
		{ "map[any]int", "0.0", "-0.0", true },
		{ "map[float64]int", "NaN", "NaN", false },
		{ "map[float32]int", "NaN", "NaN", false },
		{ "map[complex64]int", "(NaN+0i)", "(NaN+0i)", false },
		{ "map[any]int", "NaN", "NaN", false },
		{ "map[struct{ F float64 }]int", "{NaN}", "{NaN}", false },
		{ "map[struct{ A int32; _ int32; B int8 }]int", "{1, 2, 3}", "{1, 9, 3}", true },
		{ "map[struct{ A int32; _ int32; B int8 }]int", "{1, 2, 3}", "{1, 2, 4}", false },
		{ "map[string]int", "\"\"", "``", true },
		{ "map[error]int", "\"a\"", "\"a\"", true },
		{ "map[error]int", "\"a\"", "nil", false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		for (unsigned k = 0; k < 4; k++) {
			struct session s;
			uint64_t a, b;

			open_known(&s, rows[i].type, k < 2 ? "amd64" : "386",
				k % 2 ? HASH_WYHASH : HASH_AES);
			/* An error's value lives in the program once a map has held it. */
			if (strstr(rows[i].type, "error"))
				rig_run(&s, "insert \"a\"");
			a = hash_literal(&s, rows[i].a, false);
			b = hash_literal(&s, rows[i].b, false);
			if ((a == b) != rows[i].alike)
				fail_msg("%s: %s and %s hash %s", rows[i].type, rows[i].a,
					rows[i].b, a == b ? "alike" : "differently");
			session_close(&s);
		}
	}
}

/* The specialised paths hash as the general one does. */
static void paths_agree(void **state)
{
	static const struct {
		const char *type, *key;
		enum map_path path; /* on amd64 */
	} rows[] = {
		{ "map[int32]int", "-5", PATH_FAST32 },
		{ "map[[4]byte]int", "{1, 2, 3, 4}", PATH_FAST32 },
		{ "map[int]int", "-5", PATH_FAST64 },
		{ "map[[2]int32]int", "{1, 2}", PATH_FAST64 },
		{ "map[struct{ A, B int32 }]int", "{1, 2}", PATH_FAST64 },
		{ "map[*int]int", "0xc000010000", PATH_FAST64PTR },
		{ "map[string]int", "\"abc\"", PATH_FASTSTR },
		{ "map[struct{ S string }]int", "{\"abc\"}", PATH_FASTSTR },
		{ "map[int16]int", "-5", PATH_GENERAL },
		{ "map[float64]int", "1.5", PATH_GENERAL },
		{ "map[int][129]byte", "7", PATH_GENERAL },
		{ "map[struct{ A int32; _ int32 }]int", "{1, 2}", PATH_GENERAL },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;

		open_known(&s, rows[i].type, "amd64", HASH_AES);
		if (s.world.map.type->path != rows[i].path)
			fail_msg("%s takes the path of %s", rows[i].type,
				map_path_name(s.world.map.type->path));
		assert_int_equal(hash_literal(&s, rows[i].key, false),
			hash_literal(&s, rows[i].key, true));
		session_close(&s);
	}
}

static void keys_for_the_other_word_size_fit(void **state)
{
	uint8_t key[HASHKEY_MOST];
	struct hasher h = { 0 };

	(void)state;
	fill_key(key);
	hasher_init(&h, target("386"), release_at(0), HASH_AES, key, 128);
	assert_memory_equal(h.key, key, 64);
	hasher_init(&h, target("amd64"), release_at(0), HASH_AES, key, 64);
	assert_memory_equal(h.key, key, 64);
	assert_memory_equal(h.key + 64, key, 64);
	hasher_init(&h, target("386"), release_at(0), HASH_WYHASH, key, 32);
	for (unsigned i = 0; i < 4; i++)
		assert_memory_equal(h.key + 4 * i, key + 8 * i, 4);
	hasher_init(&h, target("amd64"), release_at(0), HASH_WYHASH, key, 16);
	for (unsigned i = 0; i < 8; i++)
		assert_memory_equal(h.key + 4 * i, key + i / 2 * 4, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_hashes_as_the_runtime),
		cmocka_unit_test(types_hash_as_the_runtime),
		cmocka_unit_test(plain_aes_equals_the_instructions),
		cmocka_unit_test(a_32_bit_hash_is_32_bits_wide),
		cmocka_unit_test(the_key_and_the_seed_matter),
		cmocka_unit_test(big_endian_loads),
		cmocka_unit_test(short_forms_of_wyhash),
		cmocka_unit_test(equal_keys_hash_alike),
		cmocka_unit_test(paths_agree),
		cmocka_unit_test(keys_for_the_other_word_size_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
