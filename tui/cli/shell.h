/* SPDX-License-Identifier: MIT */
/*
 * Completion of the command line for shells, written from the tables of options and choices.
 * What users add to, themes and scenes, the shells ask of the program (--print).
 */
#ifndef TUI_CLI_SHELL_H
#define TUI_CLI_SHELL_H

#include <stdio.h>

void shell_bash(FILE *out);
void shell_zsh(FILE *out);
void shell_fish(FILE *out);

#endif
