/* SPDX-License-Identifier: MIT */
/*
 * Predict: a question stands where the captions stand, the answer is typed at the last line, and
 * then the step is done and told. Whatever leads along the timeline meanwhile leads the questions,
 * too; all other keys do what they always do.
 */
#include "tui/app/app_parts.h"

#include <ctype.h>

#include "tui/view/follow.h"

enum { QUIZ_SIGN = '?' };

static void note_present(struct app *a)
{
	a->quiz.now = a->s->time.now;
	a->quiz.edition = a->s->time.edition;
	a->quiz.inside = a->s->shown.inside;
}

static void end_quiz(struct app *a)
{
	if (a->prompt.open && a->prompt.sign == QUIZ_SIGN)
		prompt_close(&a->prompt);
	app_quiz_free(a);
	app_say(a, ROLE_MESSAGE, "the quiz is over");
}

void app_quiz_free(struct app *a)
{
	quiz_free(&a->quiz.quiz);
	text_free(&a->quiz.words);
	a->quiz = (struct app_quiz){ 0 };
	a->look.asks = NULL;
}

/* What stands in the place of captions: the prompt waits for an answer, or one reads. */
static void put(struct app *a, bool told)
{
	a->look.asks = text_str(&a->quiz.words);
	a->quiz.told = told;
	if (!told)
		prompt_open(&a->prompt, QUIZ_SIGN, "");
	note_present(a);
	look_refresh(&a->look);
}

static void put_question(struct app *a)
{
	struct app_quiz *z = &a->quiz;

	text_printf(&z->words, "%s: ", text_str(&z->quiz.label));
	quiz_put_question(&z->quiz.list[z->asked], &z->words);
	put(a, false);
}

/* On to the next step that is worth a question; with `here`, to the very next. */
static void ask_next(struct app *a, bool here)
{
	struct app_quiz *z = &a->quiz;
	struct error err;
	bool asked = quiz_ask(a->s, &z->quiz, here, &err);

	z->asked = 0;
	text_clear(&z->words);
	follow_step(&a->look);
	if (!asked && *err.msg) {
		end_quiz(a);
		app_say(a, ROLE_ERROR, "%s", err.msg);
	} else if (!asked) {
		text_add(&z->words, "No more is asked up to the end of the timeline.");
		put(a, true);
	} else if (z->quiz.count == 0) {
		text_add(&z->words, "Nothing is asked about the next step.");
		put(a, true);
	} else {
		put_question(a);
	}
}

void app_quiz_begin(struct app *a)
{
	app_quiz_free(a);
	a->quiz.on = true;
	a->play.on = false;
	ask_next(a, false);
}

/* What a caption says of the step that was done. */
static void add_caption(struct app *a)
{
	const struct session *s = a->s;

	for (size_t i = 0; i < s->time.ncaptions; i++)
		if (s->time.captions[i].point == s->time.now && !s->shown.probe_label)
			text_printf(&a->quiz.words, " %s",
				s->time.captions[i].text + s->time.captions[i].own);
}

/* What was typed is answered; with the last question the step is done. */
static void take_answer(struct app *a)
{
	struct app_quiz *z = &a->quiz;
	char *typed = a->prompt.line.s ? a->prompt.line.s : "";
	struct error err;

	text_clear(&z->words);
	if (quiz_answer(&z->quiz.list[z->asked], typed, &z->words) == QUIZ_UNREADABLE) {
		text_add(&z->words, " ");
		put_question(a);
		return;
	}
	prompt_close(&a->prompt);
	z->asked++;
	if (z->asked == z->quiz.count) {
		if (quiz_show(a->s, &z->quiz, &err))
			add_caption(a);
		else
			app_say(a, ROLE_ERROR, "%s", err.msg);
		follow_step(&a->look);
	}
	put(a, true);
}

static void go_on(struct app *a)
{
	struct app_quiz *z = &a->quiz;

	text_clear(&z->words);
	if (z->asked < z->quiz.count)
		put_question(a);
	else
		ask_next(a, false);
}

/* Whether the key is a part of an answer; before one begins the others keep their meaning. */
static bool is_typed(const struct app *a, struct key key)
{
	if (a->prompt.line.len)
		return true;
	if (key.sym == SYM_CHAR && key.mods == 0)
		return key.ch < 0x80 && isalnum((int)key.ch);
	return key.sym == SYM_ENTER || key.sym == SYM_ESCAPE;
}

bool app_quiz_key(struct app *a, struct key key)
{
	bool asks = a->prompt.open && a->prompt.sign == QUIZ_SIGN;

	if (!a->quiz.on || (a->prompt.open && !asks) || a->asked.line || a->overlay.view)
		return false;
	a->message[0] = '\0';
	if (asks && is_typed(a, key)) {
		enum prompt_result result = prompt_key(&a->prompt, key);

		if (result == PROMPT_DONE)
			take_answer(a);
		else if (result == PROMPT_CANCELLED)
			end_quiz(a);
		return true;
	}
	if (asks)
		prompt_close(&a->prompt);
	else if (key.sym == SYM_ENTER && key.mods == 0)
		go_on(a);
	else if (key.sym == SYM_ESCAPE)
		end_quiz(a);
	return !asks && (key.sym == SYM_ENTER || key.sym == SYM_ESCAPE);
}

/* The step that was told of is still looked at, from inside too. */
static bool still_told(const struct app *a)
{
	const struct app_quiz *z = &a->quiz;

	return z->told && z->quiz.count && z->asked == z->quiz.count && !z->quiz.lookup &&
		a->s->time.now == z->quiz.point + 1 && a->s->time.edition == z->edition;
}

void app_quiz_after(struct app *a)
{
	struct app_quiz *z = &a->quiz;
	bool moved = z->now != a->s->time.now || z->edition != a->s->time.edition ||
		z->inside != a->s->shown.inside;

	if (!z->on || a->prompt.open || a->asked.line || a->overlay.view || a->play.on)
		return;
	if (!moved && z->told)
		return;
	if (moved && still_told(a)) {
		note_present(a);
	} else if (moved && a->s->shown.inside) {
		text_clear(&z->words);
		text_add(&z->words, "This is inside of a step.");
		z->asked = z->quiz.count;
		put(a, true);
	} else if (moved) {
		ask_next(a, true);
	} else {
		prompt_open(&a->prompt, QUIZ_SIGN, "");
	}
}
