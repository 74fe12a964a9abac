/* SPDX-License-Identifier: MIT */
#include "model/live/file.h"

#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

enum { PARTS_MOST = 64, RELATIVE = 8 /* on both machines */ };

/* The parts that the file holds, by address. */
struct parts {
	struct file_part {
		uint64_t from, size;
		uint8_t *bytes;      /* owned */
	} list[PARTS_MOST];
	size_t count;
};

static struct file_part *part_at(struct parts *p, uint64_t addr)
{
	for (size_t i = 0; i < p->count; i++)
		if (addr >= p->list[i].from && addr - p->list[i].from < p->list[i].size)
			return &p->list[i];
	return NULL;
}

static size_t read_parts(const struct image *im, uint64_t addr, void *to, size_t size)
{
	size_t done = 0;

	while (done < size) {
		const struct file_part *p = part_at(im->source, addr + done);
		uint64_t at = p ? addr + done - p->from : 0, n = p ? p->size - at : 0;

		if (!p)
			break;
		n = n < size - done ? n : size - done;
		memcpy((uint8_t *)to + done, p->bytes + at, n);
		done += n;
	}
	return done;
}

static void close_parts(struct image *im)
{
	struct parts *p = im->source;

	for (size_t i = 0; i < p->count; i++)
		free(p->list[i].bytes);
	free(p);
}

static const struct image_kind kind = { .read = read_parts, .close = close_parts };

/* Whole pages are read: a part is rounded up to them with zeros, as it is loaded. */
static void load(struct live *l, struct parts *p, const GElf_Phdr *h)
{
	enum { PAGE = 4096 };
	uint64_t from = h->p_vaddr & ~(uint64_t)(PAGE - 1), in = h->p_vaddr - from;
	uint64_t size = (in + h->p_filesz + PAGE - 1) & ~(uint64_t)(PAGE - 1);
	struct file_part *one = &p->list[p->count];

	if (h->p_filesz > l->program.size || h->p_offset > l->program.size ||
		!image_add(&l->image, (struct mapping){ .from = from, .to = from + size,
			.read = true, .write = h->p_flags & PF_W, .exec = h->p_flags & PF_X,
			.offset = h->p_offset, .file = xstrdup(l->program.name) }))
		return;
	*one = (struct file_part){ from, size, xcalloc(1, size) };
	bytes_of_file(l->program.fd, h->p_offset, one->bytes + in, h->p_filesz);
	p->count++;
}

/* Of amd64 what is written there stands in the table; of 386 it stands there already. */
static void relocate(struct live *l, struct parts *p)
{
	unsigned w = l->program.target->ptrsize;
	Elf_Scn *section = NULL;
	GElf_Shdr s;
	GElf_Rela rela;

	while ((section = elf_nextscn(l->program.elf, section))) {
		Elf_Data *data = gelf_getshdr(section, &s) && s.sh_type == SHT_RELA &&
			s.sh_flags & SHF_ALLOC ? elf_getdata(section, NULL) : NULL;

		for (int i = 0; data && gelf_getrela(data, i, &rela); i++) {
			struct file_part *at = part_at(p, rela.r_offset);

			if (GELF_R_TYPE(rela.r_info) == RELATIVE && at &&
				at->size - (rela.r_offset - at->from) >= w)
				memcpy(at->bytes + (rela.r_offset - at->from), &rela.r_addend, w);
		}
	}
}

bool live_open_file(struct live *l, const char *exe, struct error *err)
{
	struct parts *p;
	size_t n;
	GElf_Phdr h;

	*l = (struct live){ .program.fd = -1 };
	if (!executable_open(&l->program, exe, exe, err))
		return false;
	p = xcalloc(1, sizeof *p);
	l->image = (struct image){ .kind = &kind, .source = p, .name = xstrdup(exe),
		.ptrsize = l->program.target->ptrsize, .entry = l->program.entry };
	if (elf_getphdrnum(l->program.elf, &n) != 0)
		n = 0;
	for (size_t i = 0; i < n && p->count < PARTS_MOST; i++)
		if (gelf_getphdr(l->program.elf, (int)i, &h) && h.p_type == PT_LOAD && h.p_filesz)
			load(l, p, &h);
	relocate(l, p);
	if (module_find(&l->module, &l->image, &l->program, err)) {
		l->view.types = (struct rtypes){ &l->image, &l->program, &l->module };
		return true;
	}
	live_close(l);
	return false;
}
