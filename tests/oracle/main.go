// Command oracle records what the maps of the Go runtime it is built with hold
// in memory while scripts run: one .hm script and one .json file each.
package main

//go:generate sh -c "go run ./gen >maps_gen.go"

import (
	"flag"
	"fmt"
	"os"
)

const help = `usage: oracle COMMAND [FLAG]...

  record [-n COUNT] [-seed S] [-o DIR] [-hash aes|wyhash|both] [-only TEXT] [-big N] [-inuse]
         [-emulator PROGRAM]
          random scripts
  curated [-o DIR] [-hash aes|wyhash] [-every N] [-first I] [-only TYPE] [-life]
          one small script for each type, or for every Nth from the Ith on
  bench insert|lookup|delete TYPE N
          time and memory of one map
  types   the types that scripts are made of
`

func main() {
	if len(os.Args) < 2 {
		fmt.Fprint(os.Stderr, help)
		os.Exit(2)
	}
	var err error
	switch os.Args[1] {
	case "record":
		err = record(os.Args[2:])
	case "curated":
		err = curated(os.Args[2:])
	case "bench":
		err = bench(os.Args[2:])
	case "types":
		for _, p := range pairs {
			fmt.Println(p.text)
		}
	default:
		fmt.Fprint(os.Stderr, help)
		os.Exit(2)
	}
	if err == flag.ErrHelp {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}
