/* SPDX-License-Identifier: MIT */
#include "model/target/target.h"

#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the host is little-endian");

#define HEAP64 0xc000000000u /* runtime/malloc.go: the first arena hint on 64-bit systems */
#define HEAP32 0x09400000u   /* behind a 32-bit binary, rounded up to the 4 MiB of an arena */

static const struct target targets[] = {
	{ "amd64",  8, 8, 1, false, true,  true,  HEAP64, 1ull << 48, 1ull << 50 },
	{ "386",    4, 4, 1, false, true,  true,  HEAP32, 1ull << 32, 1ull << 31 },
	{ "arm64",  8, 8, 1, false, false, true,  0x4000000000, 1ull << 48, 1ull << 50 },
	{ "arm",    4, 4, 4, false, false, false, HEAP32, 1ull << 32, 1ull << 31 },
	{ "s390x",  8, 8, 1, true,  false, false, HEAP64, 1ull << 48, 1ull << 50 },
	{ "ppc64",  8, 8, 1, true,  false, false, HEAP64, 1ull << 48, 1ull << 50 },
	{ "riscv64", 8, 8, 8, false, false, false, HEAP64, 1ull << 48, 1ull << 50 },
	{ "mips",   4, 4, 4, true,  false, false, HEAP32, 1ull << 31, 1ull << 31 },
};

/*
 * Go 1.21 wrote the load factor as (bucketCnt * 13 / 16) * loadFactorDen, which in integers is
 * 6 entries a bucket and not 6.5; 1.22 put that right. (runtime/map.go, const loadFactorNum)
 */
static const struct release releases[] = {
	{ "1.18", "1.18", 13, false, false, false, false },
	{ "1.19", "1.20", 13, false, false, false, false },
	{ "1.21", "1.21", 12, false, true,  false, false },
	{ "1.22", "1.22", 13, true,  true,  true,  false },
	{ "1.23", "1.23", 13, true,  true,  true,  true },
};

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

const struct target *target_at(unsigned i)
{
	return i < COUNT(targets) ? &targets[i] : NULL;
}

const struct target *target_find(const char *name, struct error *err)
{
	char known[128] = "";

	for (unsigned i = 0; i < COUNT(targets); i++) {
		if (strcmp(name, targets[i].name) == 0)
			return &targets[i];
		strcat(known, i ? ", " : "");
		strcat(known, targets[i].name);
	}
	fail(err, "unknown target \"%.40s\": one of %s", name, known);
	return NULL;
}

const struct release *release_at(unsigned i)
{
	return i < COUNT(releases) ? &releases[i] : NULL;
}

/* The minor number of "1.N", "go1.N" or "go1.N.M"; -1 for anything else. */
static int minor_of(const char *name)
{
	int minor = 0;

	if (strncmp(name, "go", 2) == 0)
		name += 2;
	if (strncmp(name, "1.", 2) != 0)
		return -1;
	name += 2;
	if (*name < '0' || *name > '9')
		return -1;
	while (*name >= '0' && *name <= '9' && minor < 1000)
		minor = minor * 10 + (*name++ - '0');
	if (*name == '.')
		while (*++name >= '0' && *name <= '9')
			continue;
	return *name ? -1 : minor;
}

const struct release *release_find(const char *name, struct error *err)
{
	int minor = minor_of(name);

	for (unsigned i = 0; i < COUNT(releases); i++)
		if (minor >= minor_of(releases[i].name) && minor <= minor_of(releases[i].last))
			return &releases[i];
	fail(err, "unknown Go release \"%.40s\": 1.18 to 1.23", name);
	return NULL;
}

const char *target_hash_note(const struct target *t, enum hash_family family)
{
	if (family == HASH_WYHASH && t->real_aes && !t->aes)
		return "programs there hash with AES instructions in a way of their own: "
		       "sizes are exact, places are not";
	if (family == HASH_WYHASH && t->real_aes)
		return "the hash of processors without AES instructions";
	return NULL;
}

enum hash_family target_hash(const struct target *t)
{
	return t->aes ? HASH_AES : HASH_WYHASH;
}

unsigned target_hashkey_size(const struct target *t, enum hash_family family)
{
	return family == HASH_AES ? t->ptrsize * 16 : t->ptrsize * 4;
}
