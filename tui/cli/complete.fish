# fish completion for hmapview, written by hmapview --print fish

# What the program itself lists: its own and the user's.
function __hmapview_asked
	set -l program (commandline -opc)[1]
	$program --print $argv[1] 2>/dev/null
end

@
