#compdef hmapview
# zsh completion for hmapview, written by hmapview --print zsh

# What the program itself lists: its own and the user's.
_hmapview_asked() {
	local -a list
	list=(${(f)"$(_call_program $1 $words[1] --print $1 2>/dev/null)"})
	list=(${${list//:/\\:}/$'\t'/:})
	_describe -t $1 $1 list
}

@

# Loaded from fpath, or read by source <(hmapview --print zsh).
if [[ $funcstack[1] == _hmapview ]]; then
	_hmapview "$@"
else
	compdef _hmapview hmapview
fi
