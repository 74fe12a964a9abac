/* SPDX-License-Identifier: MIT */
#include "model/figures/gate.h"

#include <fnmatch.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct figure {
	const char *name;
	enum gate_figure part;
	bool all;
	const char *what;
} figures[] = {
#define X(id, name, part, all, what) { name, GATE_##part, all, what },
	GATE_FIGURES(X)
#undef X
};

const char *gate_figure_name(unsigned i)
{
	return i < GATE_NONE ? figures[i].name : NULL;
}

const char *gate_figure_what(unsigned i)
{
	return figures[i].what;
}

/* Reading */

static const char blanks[] = " \t\n\r\f\v", signs[] = "<>=!()";

struct reading {
	struct gate *e;
	const char *at;
	unsigned deep;
	struct error *err;
};

static void skip_blanks(struct reading *r)
{
	r->at += strspn(r->at, blanks);
}

/* What is wrong, and at which character. */
static bool complain(const struct reading *r, const char *at, const char *what)
{
	return fail(r->err, "at %zu, \"%.20s\": %s", (size_t)(at - r->e->text) + 1, at, what);
}

/* The word here; its length. */
static size_t word_here(const struct reading *r)
{
	return strcspn(r->at, "<>=!() \t\n\r\f\v");
}

static bool take_word(struct reading *r, const char *word)
{
	size_t n = word_here(r);

	if (!text_is(r->at, n, word))
		return false;
	r->at += n;
	skip_blanks(r);
	return true;
}

static bool add_node(struct reading *r, struct gate_node node, unsigned *at)
{
	struct gate *e = r->e;

	if (e->count == GATE_NODES)
		return complain(r, r->at, "it is too long");
	*at = e->count;
	e->nodes[e->count++] = node;
	return true;
}

static bool take_figure(struct reading *r, enum gate_figure *f)
{
	size_t n = word_here(r);
	struct text known = { 0 };

	for (*f = 0; *f < GATE_NONE; ++*f)
		if (text_is(r->at, n, figures[*f].name))
			break;
	if (*f == GATE_NONE) {
		text_add(&known, "a figure is expected: ");
		for (unsigned i = 0; i < GATE_NONE; i++)
			text_printf(&known, "%s%s", i ? ", " : "", figures[i].name);
		complain(r, r->at, text_str(&known));
		text_free(&known);
		return false;
	}
	if (figures[*f].all && r->e->scope != GATE_ALL)
		return complain(r, r->at, "that is of all maps together: begin with all");
	r->at += n;
	skip_blanks(r);
	return true;
}

static bool take_sign(struct reading *r, struct gate_node *node)
{
	static const struct {
		const char *sign;
		bool less, equal, more;
	} all[] = { { "<=", true, true, false }, { ">=", false, true, true },
		{ "!=", true, false, true }, { "==", false, true, false },
		{ "<", true, false, false }, { ">", false, false, true },
		{ "=", false, true, false } };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (strncmp(r->at, all[i].sign, strlen(all[i].sign)) != 0)
			continue;
		node->less = all[i].less;
		node->equal = all[i].equal;
		node->more = all[i].more;
		r->at += strlen(all[i].sign);
		skip_blanks(r);
		return true;
	}
	return complain(r, r->at, "<, <=, >, >=, = or != is expected");
}

static bool take_unit(struct reading *r, struct gate_node *node)
{
	static const char units[] = "kMGT";
	const char *from, *unit;
	size_t n = strspn(r->at, blanks);
	double base = 1000;

	if (r->at[n] && strchr("%kKMGTB", r->at[n]))
		r->at += n;
	from = r->at;
	n = word_here(r);

	if (*r->at == '%') {
		node->part = true;
		r->at++;
		return figures[node->figure].part != GATE_NONE ||
			complain(r, from, "that figure is no part of another");
	}
	unit = n ? strchr(*r->at == 'K' && r->at[1] == 'i' ? "k" : units,
		*r->at == 'K' ? 'k' : *r->at) : NULL;
	if (unit && *unit) {
		const char *whole = strchr(units, *unit);

		if (*++r->at == 'i') {
			base = 1024;
			r->at++;
		}
		node->number *= pow(base, (double)(whole - units) + 1);
	}
	if (*r->at == 'B')
		r->at++;
	return word_here(r) == 0 ||
		complain(r, from, "%, k, M, G, T, Ki, Mi, Gi or Ti is expected");
}

/* Digits and a decimal point, and no more than a number has. */
static bool take_number(struct reading *r, struct gate_node *node)
{
	size_t n = strspn(r->at, "0123456789"), dot = r->at[n] == '.' ? 1 : 0;
	size_t more = dot ? strspn(r->at + n + 1, "0123456789") : 0;
	char digits[32];

	if (n + more == 0 || n + dot + more >= sizeof digits)
		return complain(r, r->at, "a number is expected, such as 30%, 10k or 64M");
	memcpy(digits, r->at, n + dot + more);
	digits[n + dot + more] = '\0';
	node->number = strtod(digits, NULL);
	r->at += n + dot + more;
	if (!take_unit(r, node))
		return false;
	skip_blanks(r);
	return true;
}

static bool take_condition(struct reading *r, unsigned *at);

static bool take_one(struct reading *r, unsigned *at)
{
	struct gate_node node = { .kind = GATE_COMPARE };
	const char *from = r->at;
	bool ok;

	if (++r->deep > GATE_DEEP)
		return complain(r, from, "it is too deep");
	if (*r->at == '(') {
		r->at++;
		skip_blanks(r);
		ok = take_condition(r, at) &&
			(*r->at == ')' || complain(r, r->at, ") is expected"));
		if (ok) {
			r->at++;
			skip_blanks(r);
		}
	} else if (take_word(r, "not")) {
		node.kind = GATE_NOT;
		ok = take_one(r, &node.left) && add_node(r, node, at);
	} else {
		ok = take_figure(r, &node.figure) && take_sign(r, &node) && take_number(r, &node) &&
			add_node(r, node, at);
	}
	r->deep--;
	return ok;
}

/* Conditions with a word between them, which counts from left to right. */
static bool take_chain(struct reading *r, const char *word, struct gate_node node,
	bool (*take)(struct reading *r, unsigned *at), unsigned *at)
{
	if (!take(r, at))
		return false;
	while (take_word(r, word)) {
		node.left = *at;
		if (!take(r, &node.right) || !add_node(r, node, at))
			return false;
	}
	return true;
}

static bool take_both(struct reading *r, unsigned *at)
{
	return take_chain(r, "and", (struct gate_node){ .kind = GATE_AND }, take_one, at);
}

static bool take_condition(struct reading *r, unsigned *at)
{
	return take_chain(r, "or", (struct gate_node){ .kind = GATE_OR }, take_both, at);
}

/* A map's name: to the next blank that is in no quotes. */
static size_t name_here(const char *at)
{
	bool quoted = false;
	size_t n = 0;

	for (; at[n] && (quoted || !strchr(blanks, at[n])); n++)
		if (at[n] == '\\' && quoted && at[n + 1])
			n++;
		else if (at[n] == '"')
			quoted = !quoted;
	return n;
}

/* A first word says what is meant, when it is one of a map: a figure's has no dot. */
static void take_scope(struct reading *r)
{
	size_t n = name_here(r->at);
	const char *next = r->at + n + strspn(r->at + n, blanks);
	bool all = text_is(r->at, n, "all");

	if (n == 0 || (*next != '(' && strchr(signs, *next)) || (!all &&
		strncmp(r->at, "0x", 2) != 0 && !memchr(r->at, '.', n) && !memchr(r->at, '*', n)) ||
		strchr(signs, *r->at) || strcspn(r->at, "<>=!") < strcspn(r->at, "\" \t"))
		return;
	r->e->scope = all ? GATE_ALL : GATE_NAMED;
	r->e->name = (size_t)(r->at - r->e->text);
	r->e->name_len = n;
	r->at = next;
}

bool gate_read(struct gate *e, const char *text, struct error *err)
{
	struct reading r = { e, text, 0, err };

	*e = (struct gate){ .text = text };
	skip_blanks(&r);
	take_scope(&r);
	e->condition = (size_t)(r.at - text);
	return take_condition(&r, &e->top) &&
		(!*r.at || complain(&r, r.at, "and, or, or nothing is expected"));
}

/* Of what is meant */

bool gate_is_pattern(const struct gate *e)
{
	return e->scope == GATE_NAMED && memchr(e->text + e->name, '*', e->name_len);
}

bool gate_means(const struct gate *e, const char *name)
{
	struct text pattern = { 0 };
	bool ok;

	if (e->scope != GATE_NAMED)
		return e->scope == GATE_EACH;
	if (!name || !gate_is_pattern(e))
		return name && text_is(e->text + e->name, e->name_len, name);
	/* Nothing but the star stands for others. */
	for (size_t i = 0; i < e->name_len; i++) {
		char c = e->text[e->name + i];

		text_add(&pattern, c == '*' ? "" : "\\");
		text_addc(&pattern, c);
	}
	ok = fnmatch(text_str(&pattern), name, 0) == 0;
	text_free(&pattern);
	return ok;
}

/* Trying */

/* The figure, in percent when it is to be compared so. */
static double value_of(const struct gate_node *n, const struct gate_values *v)
{
	double value = v->of[n->figure], whole;

	if (!n->part)
		return value;
	whole = v->of[figures[n->figure].part];
	return whole > 0 ? 100 * value / whole : isnan(value) || isnan(whole) ? NAN : 0;
}

static enum gate_truth compare(const struct gate_node *n, const struct gate_values *v)
{
	double value = value_of(n, v);

	if (isnan(value))
		return GATE_UNKNOWN;
	return (value < n->number ? n->less : value > n->number ? n->more : n->equal) ?
		GATE_HOLDS : GATE_FAILS;
}

/* A join is decided by one side alone where that is the stronger one. */
static enum gate_truth join(enum gate_truth a, enum gate_truth b, enum gate_truth strong)
{
	if (a == strong || b == strong)
		return strong;
	return a == GATE_UNKNOWN ? a : b;
}

enum gate_truth gate_try(const struct gate *e, const struct gate_values *v)
{
	enum gate_truth is[GATE_NODES];

	/* What a node joins stands before it. */
	for (unsigned i = 0; i < e->count; i++) {
		const struct gate_node *n = &e->nodes[i];

		switch (n->kind) {
		case GATE_COMPARE:
			is[i] = compare(n, v);
			break;
		case GATE_NOT:
			is[i] = is[n->left] == GATE_UNKNOWN ? GATE_UNKNOWN :
				is[n->left] == GATE_HOLDS ? GATE_FAILS : GATE_HOLDS;
			break;
		case GATE_AND:
			is[i] = join(is[n->left], is[n->right], GATE_FAILS);
			break;
		case GATE_OR:
			is[i] = join(is[n->left], is[n->right], GATE_HOLDS);
			break;
		}
	}
	return is[e->top];
}

static bool told_before(const struct gate *e, unsigned i)
{
	for (unsigned k = 0; k < i; k++)
		if (e->nodes[k].kind == GATE_COMPARE && e->nodes[k].figure == e->nodes[i].figure &&
			e->nodes[k].part == e->nodes[i].part)
			return true;
	return false;
}

void gate_tell(const struct gate *e, const struct gate_values *v, struct text *out)
{
	const char *apart = "";

	for (unsigned i = 0; i < e->count; i++) {
		const struct gate_node *n = &e->nodes[i];
		double value = value_of(n, v);

		if (n->kind != GATE_COMPARE || told_before(e, i))
			continue;
		text_printf(out, "%s%s ", apart, figures[n->figure].name);
		if (isnan(value))
			text_add(out, "not known");
		else if (n->part)
			text_printf(out, "%s%%", real_text(value, 1).s);
		else
			text_add(out, count_text((unsigned long long)value).s);
		apart = ", ";
	}
}
