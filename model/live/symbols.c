/* SPDX-License-Identifier: MIT */
#include "model/live/symbols.h"

#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"

enum { SYMBOLS_MOST = 1 << 22 };

/* "main.users"; not "go:itab.*main.x,error", "main..stmp_1", "type:..", "runtime.gcdata". */
static bool is_variable(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot != name && dot[1] && dot[-1] != '.' && !strpbrk(name, ":,*()[] ");
}

static void take(struct symbols *all, Elf *elf, const GElf_Shdr *s, const GElf_Sym *sym,
	const struct executable *p, const struct module *m)
{
	const char *name = elf_strptr(elf, s->sh_link, sym->st_name);
	uint64_t at = (sym->st_value + m->bias) & word_mask(p->target);

	if (!name || !sym->st_size || GELF_ST_TYPE(sym->st_info) != STT_OBJECT || at < m->data ||
		at >= m->data_end || sym->st_size > m->data_end - at || !is_variable(name) ||
		all->count == SYMBOLS_MOST)
		return;
	xadd(all->list, all->count, all->cap, (struct symbol){ at, sym->st_size, name });
}

static int by_address(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	return x->addr != y->addr ? x->addr < y->addr ? -1 : 1 : strcmp(x->name, y->name);
}

void symbols_find(struct symbols *all, const struct executable *p, const struct module *m)
{
	Elf_Scn *section = NULL;
	GElf_Shdr s;
	GElf_Sym sym;

	*all = (struct symbols){ 0 };
	while (p->elf && (section = elf_nextscn(p->elf, section))) {
		Elf_Data *data;

		if (!gelf_getshdr(section, &s) || s.sh_type != SHT_SYMTAB || !s.sh_entsize)
			continue;
		data = elf_getdata(section, NULL);
		for (int i = 0; data && gelf_getsym(data, i, &sym); i++)
			take(all, p->elf, &s, &sym, p, m);
	}
	if (all->count)
		qsort(all->list, all->count, sizeof *all->list, by_address);
}

const struct symbol *symbols_at(const struct symbols *all, uint64_t addr)
{
	const struct symbol *s = ranks_last(all->list, sizeof *all->list, 0, all->count, addr);

	return s && addr - s->addr < s->size ? s : NULL;
}

void symbols_free(struct symbols *all)
{
	free(all->list);
	*all = (struct symbols){ 0 };
}
