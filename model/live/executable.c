/* SPDX-License-Identifier: MIT */
#include "model/live/executable.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/text.h"

/*
 * What the linker tells of the build: debug/buildinfo. The magic, the size of a pointer, flags;
 * since Go 1.18 flag 2, and at 32 the version, its length before it.
 */
#define BUILDINFO "\xff Go buildinf:"
enum {
	INFO_MAGIC = 14, INFO_ALIGN = 16, INFO_FLAGS = 15, INFO_INLINE = 2, INFO_VERSION = 32,
	VERSION_MOST = 200,
	SEARCH_MOST = 64 << 20, /* bytes of a file that are searched */
};

size_t bytes_of_file(int fd, uint64_t offset, void *to, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = pread(fd, (uint8_t *)to + done, size - done, (off_t)(offset + done));

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	return done;
}

/* The target of an ELF machine; the model has no other word for it. */
static const struct target *target_of(const GElf_Ehdr *head, struct error *err)
{
	static const struct {
		unsigned machine, class;
		const char *name;
	} rows[] = { { EM_X86_64, ELFCLASS64, "amd64" }, { EM_386, ELFCLASS32, "386" },
		{ EM_AARCH64, ELFCLASS64, "arm64" } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (head->e_machine == rows[i].machine && head->e_ident[EI_DATA] == ELFDATA2LSB &&
			head->e_ident[EI_CLASS] == rows[i].class)
			return target_find(rows[i].name, err);
	fail(err, "a program of a machine that is not known (ELF machine %u)", head->e_machine);
	return NULL;
}

/* The build information in bytes of the file; its offset, or SIZE_MAX. */
static size_t find_info(const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i + INFO_VERSION < size; i += INFO_ALIGN)
		if (memcmp(bytes + i, BUILDINFO, INFO_MAGIC) == 0)
			return i;
	return SIZE_MAX;
}

static bool take_version(struct executable *p, const uint8_t *info, size_t size, struct error *err)
{
	size_t len, at = INFO_VERSION;

	if (!(info[INFO_FLAGS] & INFO_INLINE))
		return fail(err, "built by a Go release before 1.18, which is not known here");
	len = info[at++];
	if (len >= 128 && at < size)
		len = (len & 127) | (size_t)info[at++] << 7;
	if (len == 0 || len > VERSION_MOST || len > size - at)
		return fail(err, "its Go build information does not say which release built it");
	p->version = xstrndup((const char *)info + at, len);
	return true;
}

/* Looks for it in `size` bytes of the file from `offset` on. */
static bool look_for_info(struct executable *p, uint64_t offset, uint64_t size, bool *found,
	struct error *err)
{
	uint8_t *bytes;
	size_t n, at;
	bool ok = true;

	if (size > SEARCH_MOST)
		size = SEARCH_MOST;
	bytes = xmalloc((size_t)size + 1);
	n = bytes_of_file(p->fd, offset, bytes, (size_t)size);
	at = find_info(bytes, n);
	*found = p->go = at != SIZE_MAX;
	if (*found)
		ok = take_version(p, bytes + at, n - at, err);
	free(bytes);
	return ok;
}

/* The next section behind one, NULL for the first; its name, "" where there is none. */
static Elf_Scn *next_section(Elf *elf, Elf_Scn *section, GElf_Shdr *s, const char **name)
{
	size_t strings;

	*s = (GElf_Shdr){ 0 };
	section = elf_nextscn(elf, section);
	*name = section && elf_getshdrstrndx(elf, &strings) == 0 && gelf_getshdr(section, s)
		? elf_strptr(elf, strings, s->sh_name) : NULL;
	*name = *name ? *name : "";
	return section;
}

/* In its section, or, where sections are gone, at the beginning of what is written to. */
static bool find_version(struct executable *p, struct error *err)
{
	Elf_Scn *section = NULL;
	bool found = false;
	const char *name;
	size_t nheads;
	GElf_Shdr s;
	GElf_Phdr h;

	while (!found && (section = next_section(p->elf, section, &s, &name)))
		if (strcmp(name, ".go.buildinfo") == 0 &&
			!look_for_info(p, s.sh_offset, s.sh_size, &found, err))
			return false;
	if (elf_getphdrnum(p->elf, &nheads) != 0)
		nheads = 0;
	for (size_t i = 0; i < nheads && i < 64 && !found; i++)
		if (gelf_getphdr(p->elf, (int)i, &h) && h.p_type == PT_LOAD && (h.p_flags & PF_W) &&
			!look_for_info(p, h.p_offset, h.p_filesz, &found, err))
			return false;
	return found || fail(err, "not a Go program: it has no Go build information");
}

/* "go1.26.8-X:jsonv2,mapsplitgroup": of experiments only those that some release's row knows. */
static void known_experiments(const char *list, struct text *out)
{
	while (*list) {
		size_t n = strcspn(list, ",");

		for (unsigned i = 0; release_at(i); i++) {
			const char *e = release_at(i)->experiment;

			if (e && text_is(list, n, e)) {
				text_add(out, "-X:");
				text_addn(out, list, n);
				return;
			}
		}
		list += n + (list[n] == ',');
	}
}

static bool has_experiment(const char *list, const char *name)
{
	const char *at = strstr(list, name);
	size_t n = strlen(name);

	return at && (at == list || at[-1] == ',' || at[-1] == ':') && (!at[n] || at[n] == ',');
}

static bool find_release(struct executable *p, struct error *err)
{
	const char *x = strstr(p->version, "X:");
	struct text name = { 0 };

	text_addn(&name, p->version, strcspn(p->version, " -"));
	if (x)
		known_experiments(x + 2, &name);
	p->release = release_find(text_str(&name), err);
	sscanf(p->version, "go1.%u", &p->minor);
	p->inline_marks = x && has_experiment(x, "nogreenteagc") ? false :
		p->minor >= 26 || (x && has_experiment(x, "greenteagc"));
	text_free(&name);
	return p->release != NULL;
}

static void take_symbol(struct executable *p, const char *name, uint64_t value)
{
	const struct {
		const char *name;
		uint64_t *to;
	} rows[] = { { "runtime.firstmoduledata", &p->module },
		{ "runtime.mheap_", &p->heap }, { "runtime.allgs", &p->allgs },
		/* The hash moved with 1.27. */
		{ "runtime.aeskeysched", &p->hashkeys[0] },
		{ "internal/runtime/maps.aeskeysched", &p->hashkeys[0] },
		{ "runtime.hashkey", &p->hashkeys[1] },
		{ "internal/runtime/maps.hashkey", &p->hashkeys[1] } };

	if (!strstr(name, "runtime"))
		return;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].name, name) == 0)
			*rows[i].to = value;
}

/* Symbols and sections that tell where the module data are. */
static void find_symbol(struct executable *p, Elf_Scn *section, const GElf_Shdr *s)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Sym sym;

	for (int i = 0; data && s->sh_entsize && gelf_getsym(data, i, &sym); i++) {
		const char *name = elf_strptr(p->elf, s->sh_link, sym.st_name);

		if (name)
			take_symbol(p, name, sym.st_value);
	}
}

static void find_places(struct executable *p)
{
	Elf_Scn *section = NULL;
	const char *name;
	GElf_Shdr s;

	while ((section = next_section(p->elf, section, &s, &name)))
		if (strcmp(name, ".go.module") == 0)
			p->module = s.sh_addr;
		else if (strcmp(name, ".gopclntab") == 0 ||
			strcmp(name, ".data.rel.ro.gopclntab") == 0)
			p->pclntab = s.sh_addr;
		else if (s.sh_type == SHT_SYMTAB)
			find_symbol(p, section, &s);
}

static bool open_elf(struct executable *p, struct error *err)
{
	GElf_Ehdr head;

	elf_version(EV_CURRENT);
	p->elf = elf_begin(p->fd, ELF_C_READ, NULL);
	if (!p->elf || elf_kind(p->elf) != ELF_K_ELF || !gelf_getehdr(p->elf, &head) ||
		(head.e_type != ET_EXEC && head.e_type != ET_DYN))
		return fail(err, "not a program: it is no ELF executable");
	p->target = target_of(&head, err);
	p->entry = head.e_entry;
	if (!p->target || !find_version(p, err) || !find_release(p, err))
		return false;
	find_places(p);
	p->dwarf = dwarf_begin_elf(p->elf, DWARF_C_READ, NULL);
	return true;
}

bool executable_open(struct executable *p, const char *path, const char *name, struct error *err)
{
	struct stat info;

	*p = (struct executable){ .name = xstrdup(name) };
	p->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (p->fd < 0 || fstat(p->fd, &info) != 0 || !S_ISREG(info.st_mode)) {
		fail(err, "%.300s: %s", name, p->fd < 0 ? strerror(errno) : "not a file");
		executable_close(p);
		return false;
	}
	p->size = (uint64_t)info.st_size;
	if (open_elf(p, err))
		return true;
	fail_in(err, "%.200s", name);
	executable_close(p);
	return false;
}

void executable_close(struct executable *p)
{
	if (p->dwarf)
		dwarf_end(p->dwarf);
	debug_file_close(&p->debug);
	if (p->elf)
		elf_end(p->elf);
	if (p->fd >= 0)
		close(p->fd);
	free(p->name);
	free(p->version);
	*p = (struct executable){ .fd = -1, .go = p->go };
}
