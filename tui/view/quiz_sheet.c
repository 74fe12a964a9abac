/* SPDX-License-Identifier: MIT */
/* All that is asked along a timeline, with the answers: for who holds a lesson without a screen. */
#include "tui/view/figures.h"
#include "tui/view/quiz.h"
#include "model/session/stand.h"

enum { STEPS_MOST = 200 }; /* for people and programs alike */

static const struct column columns[] = {
	{ .field = "op" }, { .field = "step" }, { .field = "question" }, { .field = "answer" },
	{ .field = "because" },
};

static void put_question(const struct quiz *q, const struct question *n, struct sheet *out,
	struct sheet_table *t)
{
	struct row *r = table_row(t);
	struct text *answer;

	row_count(r, q->point + !q->lookup);
	row_data(r, text_str(&q->label));
	quiz_put_question(n, row_add(r, FIGURE_WORDS));
	quiz_put_answer(n, row_add(r, FIGURE_WORDS));
	row_words(r, text_str(&n->because));
	quiz_put_question(n, sheet_add_words(out, FOR_PEOPLE, 0, 2, ROLE_TEXT));
	answer = sheet_add_words(out, FOR_PEOPLE, 4, 0, ROLE_NOTE);
	quiz_put_answer(n, answer);
	text_printf(answer, ". %s", text_str(&n->because));
}

/* The step, with its number where it has one. */
static void put_step(const struct quiz *q, struct sheet *out)
{
	sheet_gap(out);
	text_printf(sheet_add_line(out, FOR_PEOPLE, ROLE_TITLE, true), "%sop %llu: %s",
		q->lookup ? "after " : "", (unsigned long long)q->point + !q->lookup,
		text_str(&q->label));
}

/* Before the step that was asked about the session goes on behind it. */
static bool put_all(struct session *s, uint64_t last, struct sheet *out, struct sheet_table *t,
	struct error *err)
{
	struct quiz q = { 0 };
	unsigned steps = 0;
	bool ok;

	while ((ok = quiz_ask(s, &q, false, err)) && q.point + !q.lookup <= last &&
		steps++ < STEPS_MOST) {
		put_step(&q, out);
		for (unsigned i = 0; i < q.count; i++)
			put_question(&q, &q.list[i], out, t);
		if (!quiz_show(s, &q, err))
			break;
	}
	if (steps > STEPS_MOST) {
		sheet_gap(out);
		sheet_line(out, FOR_PEOPLE, ROLE_WARNING, false,
			"… and more: 200 steps are asked about");
	}
	if (!steps)
		sheet_line(out, FOR_PEOPLE, ROLE_NOTE, false,
			"nothing is asked: no operation came yet");
	quiz_free(&q);
	return ok || !*err->msg;
}

bool quiz_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	struct session *s = now->session;
	struct stand home = stand_of(s);
	struct sheet_table *t;
	struct error failed = { "" };
	bool ok;

	t = sheet_table(out, "quiz", COLUMNS(columns));
	t->who = FOR_JSON;
	ok = session_goto(s, session_first(s), err) && put_all(s, home.point, out, t, &failed);
	if (!ok && *failed.msg)
		*err = failed;
	return stand_back(s, &home, ok ? err : &failed) && ok;
}
