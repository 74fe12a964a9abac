/* SPDX-License-Identifier: MIT */
#include "model/target/target.h"

#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the host is little-endian");

#define HEAP64 0xc000000000u /* runtime/malloc.go: the first arena hint on 64-bit systems */
#define HEAP32 0x09400000u   /* behind a 32-bit binary, rounded up to the 4 MiB of an arena */

static const struct target targets[] = {
	{ "amd64",  8, 8, 1, false, AES_X86,   24, HEAP64, 1ull << 48, 1ull << 50 },
	{ "386",    4, 4, 1, false, AES_X86,   0, HEAP32, 1ull << 32, 1ull << 31 },
	{ "arm64",  8, 8, 1, false, AES_ARM64, 27, 0x4000000000, 1ull << 48, 1ull << 50 },
	{ "arm",    4, 4, 4, false, AES_NONE,  0, HEAP32, 1ull << 32, 1ull << 31 },
	{ "s390x",  8, 8, 1, true,  AES_NONE,  0, HEAP64, 1ull << 48, 1ull << 50 },
	{ "ppc64",  8, 8, 1, true,  AES_NONE,  0, HEAP64, 1ull << 48, 1ull << 50 },
	{ "ppc64le", 8, 8, 1, false, AES_NONE, 0, HEAP64, 1ull << 48, 1ull << 50 },
	{ "riscv64", 8, 8, 8, false, AES_NONE, 0, HEAP64, 1ull << 48, 1ull << 50 },
	{ "loong64", 8, 8, 8, false, AES_NONE, 0, HEAP64, 1ull << 48, 1ull << 50 },
	{ "mips",   4, 4, 4, true,  AES_NONE,  0, HEAP32, 1ull << 31, 1ull << 31 },
	{ "mipsle", 4, 4, 4, false, AES_NONE,  0, HEAP32, 1ull << 31, 1ull << 31 },
	{ "mips64", 8, 8, 8, true,  AES_NONE,  0, HEAP64, 1ull << 48, 1ull << 50 },
	{ "mips64le", 8, 8, 8, false, AES_NONE, 0, HEAP64, 1ull << 48, 1ull << 50 },
};

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

const struct target *target_at(unsigned i)
{
	return i < COUNT(targets) ? &targets[i] : NULL;
}

const struct target *target_find(const char *name, struct error *err)
{
	char known[256] = "";

	for (unsigned i = 0; i < COUNT(targets); i++) {
		if (strcmp(name, targets[i].name) == 0)
			return &targets[i];
		strcat(known, i ? ", " : "");
		strcat(known, targets[i].name);
	}
	if (strcmp(name, "wasm") == 0)
		fail(err, "target wasm is not modelled: one of %s", known);
	else
		fail(err, "unknown target \"%.40s\": one of %s", name, known);
	return NULL;
}

const char *target_hash_note(const struct target *t, enum hash_family family)
{
	if (family == HASH_WYHASH && t->aes)
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
