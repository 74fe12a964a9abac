# bash completion for hmapview, written by hmapview --print bash

# Those of the words that begin with what is typed. A type's brackets are quoted as in
# file names.
_hmapview_words() {
	local word typed=${cur//\\/}
	for word; do
		[[ $word == *[]['{}']* ]] && compopt -o filenames
		[[ $word == "$typed"* ]] && COMPREPLY+=("$before$word")
	done
}

# What the program itself lists: its own and the user's.
_hmapview_asked() {
	local names
	mapfile -t names < <("${COMP_WORDS[0]/#\~\//$HOME/}" --print "$1" 2>/dev/null | cut -f1)
	_hmapview_words "${names[@]}"
}

# Folders, and files with one of these endings; without any, all files.
_hmapview_files() {
	local ending names=()
	compopt -o filenames
	mapfile -t names < <(
		compgen -d -- "$cur"
		(($#)) || compgen -f -- "$cur"
		for ending; do compgen -f -X "!*.$ending" -- "$cur"; done
	)
	COMPREPLY+=("${names[@]/#/$before}")
}

_hmapview() {
	local cur=$2 before= option=${COMP_WORDS[COMP_CWORD - 1]}
	COMPREPLY=()
	# --option=VALUE comes as three words, or as one where = breaks no words.
	if [[ ${COMP_WORDS[COMP_CWORD]} == = ]]; then
		cur=
	elif [[ $option == = && COMP_CWORD -gt 1 ]]; then
		option=${COMP_WORDS[COMP_CWORD - 2]}
	elif [[ $cur == --*=* ]]; then
		option=${cur%%=*} before=${cur%%=*}= cur=${cur#*=}
	fi
	case $option in
@
	esac
}

complete -F _hmapview hmapview
