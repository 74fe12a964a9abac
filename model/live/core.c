/* SPDX-License-Identifier: MIT */
#include "model/live/core.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"
#include "model/base/text.h"

enum {
	SEGMENTS_MOST = 1 << 17,
	NOTES_MOST = 64 << 20,    /* bytes: each thread has its registers in them */
	BUILD_ID_MOST = 4096,     /* bytes of an executable's notes */
};

/* A part of memory that the file holds. */
struct core_segment {
	uint64_t from, to;        /* of memory */
	uint64_t offset, held;    /* in the file: so many bytes of it from there on */
	uint64_t meant;           /* bytes that should be there */
};

struct core {
	char *path;
	int fd;
	uint64_t size;            /* of the file */
	struct core_segment *list; /* by address; owned */
	size_t count;
	const struct executable *program; /* for what is not in the file; NULL while not known */
	const char *exe;          /* what the core calls it */
};

/* The segment that holds addr, or NULL. */
static const struct core_segment *segment_at(const struct core *c, uint64_t addr)
{
	const struct core_segment *s = ranks_last(c->list, sizeof *c->list, 0, c->count, addr);

	return s && addr < s->to ? s : NULL;
}

/* What the process only read: from the executable, where its mapping shows it. */
static size_t read_executable(const struct image *im, const struct core *c, uint64_t addr,
	void *to, size_t size)
{
	const struct mapping *m = image_mapping(im, addr);

	if (!m || m->write || !m->file || !c->program || !c->exe || strcmp(m->file, c->exe) != 0)
		return 0;
	if (size > m->to - addr)
		size = (size_t)(m->to - addr);
	return bytes_of_file(c->program->fd, m->offset + (addr - m->from), to, size);
}

/* One piece: as far as one source goes. */
static size_t read_piece(const struct image *im, const struct core *c, uint64_t addr, void *to,
	size_t size)
{
	const struct core_segment *s = segment_at(c, addr);
	uint64_t in = s ? addr - s->from : 0;

	if (s && in < s->held) {
		if (size > s->held - in)
			size = (size_t)(s->held - in);
		return bytes_of_file(c->fd, s->offset + in, to, size);
	}
	/* Cut off: it should be in the file. */
	if (s && in < s->meant)
		return 0;
	return read_executable(im, c, addr, to, size);
}

static size_t read_core(const struct image *im, uint64_t addr, void *to, size_t size)
{
	size_t done = 0, n;

	while (done < size) {
		n = read_piece(im, im->source, addr + done, (uint8_t *)to + done, size - done);
		if (!n)
			break;
		done += n;
	}
	return done;
}

static void close_core(struct image *im)
{
	struct core *c = im->source;

	if (c->fd >= 0)
		close(c->fd);
	free(c->path);
	free(c->list);
	free(c);
}

static const struct image_kind kind = { .read = read_core, .close = close_core };

/* Notes */

/*
 * NT_FILE: their number, the size of a page, then from, to, offset in pages for each, then the
 * names. Those that are not in order make no sense.
 */
static void take_files(struct image *im, const uint8_t *p, size_t size)
{
	unsigned w = im->ptrsize;
	uint64_t count = size >= 2 * w ? image_number(p, w) : 0, page;
	const char *name;
	size_t left;

	if (!count || count > (size - 2 * w) / (3 * w))
		return;
	page = image_number(p + w, w);
	name = (const char *)p + 2 * w + count * 3 * w;
	left = size - 2 * w - count * 3 * w;
	for (uint64_t i = 0; i < count && left; i++) {
		const uint8_t *at = p + 2 * w + i * 3 * w;
		size_t n = strnlen(name, left);

		if (n == left)
			return;
		image_add(im, (struct mapping){ .from = image_number(at, w),
			.to = image_number(at + w, w), .read = true,
			.offset = image_number(at + 2 * w, w) * page, .file = xstrdup(name) });
		name += n + 1;
		left -= n + 1;
	}
}

static void take_note(struct image *im, uint32_t type, const uint8_t *p, size_t size)
{
	unsigned w = im->ptrsize;
	unsigned head = w == 8 ? 112 : 72, all = w == 8 ? 27 : 17; /* elf_prstatus, pr_reg */

	if (type == NT_FILE && !im->nmaps)
		take_files(im, p, size);
	if (type == NT_PRSTATUS && size >= head + all * w)
		image_add_thread(im, p + head, all * w);
	if (type == NT_AUXV)
		image_take_auxv(im, p, size);
}

static void take_notes(struct image *im, const struct core *c, Elf *elf, uint64_t offset,
	uint64_t size)
{
	uint64_t held = offset < c->size ? c->size - offset : 0, most = size < held ? size : held;
	Elf_Data *notes = elf_getdata_rawchunk(elf, (int64_t)offset,
		most < NOTES_MOST ? most : NOTES_MOST, ELF_T_NHDR);
	size_t at = 0, name, desc;
	GElf_Nhdr h;

	while (notes && (at = gelf_getnote(notes, at, &h, &name, &desc)) > 0)
		take_note(im, h.n_type, (const uint8_t *)notes->d_buf + desc, h.n_descsz);
}

/* Segments */

static void add_segment(struct core *c, const GElf_Phdr *h)
{
	uint64_t held = h->p_offset < c->size ? c->size - h->p_offset : 0;

	if (h->p_memsz == 0 || h->p_memsz > UINT64_MAX - h->p_vaddr || h->p_filesz > h->p_memsz)
		return;
	c->list[c->count++] = (struct core_segment){ h->p_vaddr, h->p_vaddr + h->p_memsz,
		h->p_offset, held < h->p_filesz ? held : h->p_filesz, h->p_filesz };
}

/*
 * The mappings are those of files, from the notes, and the segments in between. A segment also
 * tells what may be written and run there.
 */
static void take_mappings(struct image *im, const struct core *c, const GElf_Phdr *heads,
	size_t count)
{
	struct mapping *files = im->maps;
	size_t nfiles = im->nmaps, f = 0;

	im->maps = NULL;
	im->nmaps = im->maps_cap = 0;
	for (size_t i = 0; i < c->count; i++) {
		const struct core_segment *s = &c->list[i];
		struct mapping m = { .from = s->from, .to = s->to };

		for (; f < nfiles && files[f].from < s->from; f++)
			image_add(im, files[f]);
		for (size_t k = 0; k < count; k++)
			if (heads[k].p_type == PT_LOAD && heads[k].p_vaddr == s->from) {
				m.read = heads[k].p_flags & PF_R;
				m.write = heads[k].p_flags & PF_W;
				m.exec = heads[k].p_flags & PF_X;
			}
		if (f < nfiles && files[f].from == s->from) {
			m.file = files[f].file;
			m.offset = files[f].offset;
			f++;
		}
		image_add(im, m);
	}
	for (; f < nfiles; f++)
		image_add(im, files[f]);
	free(files);
}

static bool read_heads(struct image *im, struct core *c, Elf *elf, struct error *err)
{
	size_t count;
	GElf_Phdr *heads;

	if (elf_getphdrnum(elf, &count) != 0 || !count || count > SEGMENTS_MOST)
		return fail(err, "%.300s: its list of segments cannot be read", c->path);
	heads = xcalloc(count, sizeof *heads);
	c->list = xcalloc(count, sizeof *c->list);
	for (size_t i = 0; i < count; i++) {
		if (!gelf_getphdr(elf, (int)i, &heads[i]))
			heads[i].p_type = PT_NULL;
		if (heads[i].p_type == PT_LOAD)
			add_segment(c, &heads[i]);
		if (heads[i].p_type == PT_NOTE)
			take_notes(im, c, elf, heads[i].p_offset, heads[i].p_filesz);
	}
	ranks_sort(c->list, c->count, sizeof *c->list);
	take_mappings(im, c, heads, count);
	free(heads);
	return true;
}

/* What is missing of a file that ends too early. */
static char *missing(const struct core *c)
{
	uint64_t lacks = 0, all = c->size;

	for (size_t i = 0; i < c->count; i++)
		lacks += c->list[i].meant - c->list[i].held;
	all += lacks;
	return lacks ? xasprintf("%s: truncated, %.1f of %.1f MB are missing", c->path,
		(double)lacks / 1e6, (double)all / 1e6) : NULL;
}

static bool open_elf(struct image *im, struct core *c, struct error *err)
{
	Elf *elf;
	GElf_Ehdr head;
	bool ok;

	elf_version(EV_CURRENT);
	elf = elf_begin(c->fd, ELF_C_READ, NULL);
	ok = elf && elf_kind(elf) == ELF_K_ELF && gelf_getehdr(elf, &head) &&
		head.e_type == ET_CORE && head.e_ident[EI_DATA] == ELFDATA2LSB;
	if (!ok)
		fail(err, "%.300s: not a core file", c->path);
	else
		im->ptrsize = head.e_ident[EI_CLASS] == ELFCLASS64 ? 8 : 4;
	ok = ok && read_heads(im, c, elf, err);
	if (elf)
		elf_end(elf);
	return ok;
}

/* The executable */

/* What the core calls it: the file whose mapping the program began in. */
static bool name_executable(struct image *im, struct core *c, struct error *err)
{
	const struct mapping *m = im->entry ? image_mapping(im, im->entry) : NULL;

	if (!m || !m->file)
		return fail(err,
			"%.300s: it does not say which program ran: it has no list of files "
			"(NT_FILE)", c->path);
	c->exe = m->file;
	return true;
}

/* Where in memory the executable's byte at that offset of its file was; 0: nowhere. */
static uint64_t shown_at(const struct image *im, const struct core *c, uint64_t offset)
{
	for (size_t i = 0; i < im->nmaps; i++) {
		const struct mapping *m = &im->maps[i];

		if (m->file && strcmp(m->file, c->exe) == 0 && offset >= m->offset &&
			offset - m->offset < m->to - m->from)
			return m->from + (offset - m->offset);
	}
	return 0;
}

/*
 * The notes of the executable, of which its build ids are some, have to be those that lie in
 * memory. A core that does not hold them, as some are, cannot tell; what is read by it has to
 * prove itself then.
 */
static bool same_build(struct image *im, const struct core *c, const struct executable *p)
{
	uint8_t file[BUILD_ID_MOST], core[BUILD_ID_MOST];
	const struct core_segment *s;
	uint64_t at;
	size_t count;
	GElf_Phdr h;
	bool any = false;

	if (elf_getphdrnum(p->elf, &count) != 0)
		return false;
	for (size_t i = 0; i < count && i < 64; i++) {
		if (!gelf_getphdr(p->elf, (int)i, &h) || h.p_type != PT_NOTE || !h.p_filesz ||
			h.p_filesz > BUILD_ID_MOST)
			continue;
		any = true;
		at = shown_at(im, c, h.p_offset);
		s = segment_at(c, at);
		if (!s || at - s->from + h.p_filesz > s->held)
			continue;
		if (bytes_of_file(p->fd, h.p_offset, file, h.p_filesz) != h.p_filesz ||
			!image_copy(im, at, core, h.p_filesz) ||
			memcmp(file, core, h.p_filesz) != 0)
			return false;
	}
	return any;
}

static bool open_executable(struct image *im, struct core *c, const char *exe, struct executable *p,
	struct error *err)
{
	if (!name_executable(im, c, err))
		return false;
	if (!exe)
		exe = c->exe;
	if (!executable_open(p, exe, exe, err))
		return exe == c->exe ? fail_in(err, "%.100s: its program, which --exe may name",
			c->path) : false;
	if (p->target->ptrsize != im->ptrsize || !same_build(im, c, p))
		return fail(err, "%.200s: its build id is not that of %.200s", exe, c->path);
	c->program = p;
	return true;
}

bool core_open(struct image *im, const char *core, const char *exe, struct executable *p,
	char **note, struct error *err)
{
	struct core *c = xcalloc(1, sizeof *c);
	struct stat info;

	*im = (struct image){ .kind = &kind, .source = c, .name = xstrdup(core) };
	c->path = xstrdup(core);
	c->fd = open(core, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (c->fd < 0 || fstat(c->fd, &info) != 0)
		return fail(err, "%.300s: %s", core, strerror(errno));
	if (!S_ISREG(info.st_mode))
		return fail(err, "%.300s: not a core file", core);
	c->size = (uint64_t)info.st_size;
	if (!open_elf(im, c, err))
		return false;
	*note = missing(c);
	return open_executable(im, c, exe, p, err);
}
