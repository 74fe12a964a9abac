/* SPDX-License-Identifier: MIT */
/* The themes that need no file. The first must say what themes/default.ini says: ORDER ROLE. */
#include "themes/theme.h"

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, BRIGHT };

/* fg, bg, and both for few colours */
static const struct style styles[ROLE_COUNT] = {
	[ROLE_TEXT] = {-1, -1, -1, -1, ATTR_NONE},
	[ROLE_DIM] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_TITLE] = {-1, -1, -1, -1, ATTR_BOLD},
	[ROLE_BORDER] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_BORDER_FOCUS] = {32, -1, BLUE, -1, ATTR_BOLD},
	[ROLE_LABEL] = {31, -1, CYAN, -1, ATTR_NONE},
	[ROLE_VALUE] = {-1, -1, -1, -1, ATTR_BOLD},
	[ROLE_NOTE] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_TYPE] = {98, -1, MAGENTA, -1, ATTR_BOLD},
	[ROLE_ADDRESS] = {30, -1, CYAN, -1, ATTR_NONE},
	[ROLE_OFFSET] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_INDEX] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_FIELD] = {31, -1, CYAN, -1, ATTR_NONE},
	[ROLE_TOPHASH] = {166, -1, YELLOW, -1, ATTR_BOLD},
	[ROLE_EMPTY] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_EMPTY_REST] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_TOMBSTONE] = {160, -1, RED, -1, ATTR_NONE},
	[ROLE_EVACUATED_X] = {28, -1, GREEN, -1, ATTR_UNDERLINE},
	[ROLE_EVACUATED_Y] = {133, -1, MAGENTA, -1, ATTR_UNDERLINE},
	[ROLE_EVACUATED_EMPTY] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_KEY] = {32, -1, BLUE, -1, ATTR_BOLD},
	[ROLE_ELEM] = {28, -1, GREEN, -1, ATTR_NONE},
	[ROLE_POINTER] = {133, -1, MAGENTA, -1, ATTR_UNDERLINE},
	[ROLE_STRING] = {64, -1, GREEN, -1, ATTR_NONE},
	[ROLE_PADDING] = {130, -1, YELLOW, -1, ATTR_NONE},
	[ROLE_STALE] = {95, -1, BRIGHT + BLACK, -1, ATTR_ITALIC},
	[ROLE_OVERFLOW] = {133, -1, MAGENTA, -1, ATTR_BOLD},
	[ROLE_SPARE] = {97, -1, MAGENTA, -1, ATTR_NONE},
	[ROLE_OLD] = {130, -1, YELLOW, -1, ATTR_NONE},
	[ROLE_WAITING] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_ROUNDING] = {101, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_HEADER] = {31, -1, CYAN, -1, ATTR_NONE},
	[ROLE_GROWTH] = {166, -1, YELLOW, -1, ATTR_BOLD},
	[ROLE_LOAD] = {32, -1, BLUE, -1, ATTR_BOLD},
	[ROLE_LOAD_FREE] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_LOAD_LIMIT] = {160, -1, RED, -1, ATTR_BOLD},
	[ROLE_HASH_INDEX] = {32, -1, BLUE, -1, ATTR_BOLD | ATTR_UNDERLINE},
	[ROLE_HASH_TOP] = {166, -1, YELLOW, -1, ATTR_BOLD},
	[ROLE_HASH_REST] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_PROBE] = {133, -1, MAGENTA, -1, ATTR_UNDERLINE},
	[ROLE_CHART_ALLOC] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_CHART_USE] = {32, -1, BLUE, -1, ATTR_BOLD},
	[ROLE_STATUS] = {-1, -1, -1, -1, ATTR_BOLD},
	[ROLE_TIMELINE] = {32, -1, BLUE, -1, ATTR_NONE},
	[ROLE_TIMELINE_NOW] = {166, -1, YELLOW, -1, ATTR_BOLD},
	[ROLE_TIMELINE_NEXT] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_LEGEND] = {-1, -1, -1, -1, ATTR_NONE},
	[ROLE_HELP_KEY] = {32, -1, BLUE, -1, ATTR_BOLD},
	[ROLE_HELP_TEXT] = {-1, -1, -1, -1, ATTR_NONE},
	[ROLE_PROMPT] = {32, -1, BLUE, -1, ATTR_BOLD},
	[ROLE_COMPLETION] = {31, -1, CYAN, -1, ATTR_NONE},
	[ROLE_MESSAGE] = {-1, -1, -1, -1, ATTR_NONE},
	[ROLE_CAPTION] = {98, -1, MAGENTA, -1, ATTR_BOLD},
	[ROLE_WARNING] = {166, -1, YELLOW, -1, ATTR_BOLD},
	[ROLE_ERROR] = {160, -1, RED, -1, ATTR_BOLD},
	[ROLE_CHANGED] = {164, -1, MAGENTA, -1, ATTR_BOLD | ATTR_UNDERLINE},
	[ROLE_LINKED] = {-1, -1, -1, -1, ATTR_UNDERLINE},
	[ROLE_MATCH] = {16, 178, BLACK, YELLOW, ATTR_NONE},
	[ROLE_CURSOR] = {-1, -1, -1, -1, ATTR_REVERSE},
	[ROLE_HEAT_0] = {243, -1, BRIGHT + BLACK, -1, ATTR_NONE},
	[ROLE_HEAT_1] = {30, -1, CYAN, -1, ATTR_NONE},
	[ROLE_HEAT_2] = {32, -1, BLUE, -1, ATTR_NONE},
	[ROLE_HEAT_3] = {98, -1, MAGENTA, -1, ATTR_NONE},
	[ROLE_HEAT_4] = {160, -1, RED, -1, ATTR_NONE},
};

void theme_default(struct theme *theme)
{
	*theme = (struct theme){
		.name = "default", .about = "the terminal's own ground, dark or light"};
	for (int i = 0; i < ROLE_COUNT; i++)
		theme->styles[i] = styles[i];
}

void theme_mono(struct theme *theme)
{
	*theme = (struct theme){.name = "mono", .about = "no colour at all"};
	for (int i = 0; i < ROLE_COUNT; i++)
		theme->styles[i] = (struct style){-1, -1, -1, -1, (uint8_t)role_mono((enum role)i)};
}
