// SPDX-License-Identifier: MIT

// Writes types at random, lets the Go at hand compile them, and says what it made of them: a line
// each, "RELEASE ARCH<tab>TYPE<tab>SIZE ALIGN OFFSET..", or "refused" in place of the numbers. The
// well-known types come first. Its arguments are how many, where the randomness starts, the go
// command, and the targets.
package main

import (
	"bufio"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

var known = strings.Fields(`time.Time time.Duration time.Month time.Location time.Timer time.Ticker
netip.Addr netip.AddrPort netip.Prefix net.IP net.IPNet net.TCPAddr net.Conn url.URL url.Values
http.Header sync.Mutex sync.RWMutex sync.WaitGroup sync.Once sync.Cond sync.Pool sync.Map
atomic.Bool atomic.Int32 atomic.Int64 atomic.Uint32 atomic.Uint64 atomic.Uintptr
atomic.Pointer[int] atomic.Value big.Int big.Rat big.Float sql.NullString sql.NullInt64
sql.NullInt32 sql.NullInt16 sql.NullByte sql.NullFloat64 sql.NullBool sql.NullTime
json.RawMessage json.Number bytes.Buffer strings.Builder reflect.Kind reflect.Type fs.FileMode os.FileMode
syscall.Errno list.List list.Element context.Context context.CancelFunc fmt.Stringer io.Reader
io.ReadWriteCloser sort.Interface mail.Address`)

var paths = map[string]string{"netip": "net/netip", "url": "net/url", "http": "net/http",
	"atomic": "sync/atomic", "big": "math/big", "sql": "database/sql", "json": "encoding/json",
	"fs": "io/fs", "list": "container/list", "mail": "net/mail"}

var leaves = strings.Fields(`bool int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64
uintptr float32 float64 complex64 complex128 string byte rune any error unsafe.Pointer`)

var lengths = strings.Fields(`0 1 2 3 7 1<<4 2*8 1_000 0x10 'a' 8-1 3/2 5%3 len("abc") 1e2`)

// What Go refuses, as parts of others.
var wrong = []string{"map[[]int]int", "map[func()]int", "[-1]int", "[1.5]int", "[\"a\"]int",
	"struct{ A int; A string }", "chan [1 << 16]byte", "interface{ ~int }", "struct{ **int }",
	"map[struct{ A []int }]bool", "struct{ *any }", "func(a int, string)", "[1<<60]int",
	"comparable", "[5/0]int", "func(...int, int)", "interface{ A(); A() }", "[1<<70]int",
	"struct{ *map[int]int }", "map[map[int]int]int", "struct{ unsafe.Pointer }"}

// Maps that up to 1.23 the compiler itself fails for on 32-bit targets, and those beside them.
var aligned = []string{"map[bool]atomic.Int64", "map[atomic.Uint64]bool", "map[bool][0]atomic.Int64",
	"map[bool][16]atomic.Int64", "map[bool][17]atomic.Int64", "map[bool]*atomic.Int64",
	"map[bool]map[int]atomic.Int64", "*[]map[int]atomic.Int64", "map[string]sync.WaitGroup",
	"struct{ M func(map[int]atomic.Uint64) }", "map[struct{ A atomic.Int64; B [200]byte }]int"}

func pick(r *rand.Rand, list []string) string { return list[r.Intn(len(list))] }

func structure(r *rand.Rand, depth int) string {
	var fields []string
	for i, n := 0, r.Intn(6); i < n; i++ {
		name := string(rune('A' + i))
		switch r.Intn(12) {
		case 0:
			name = "_"
		case 1:
			fields = append(fields, name+", "+name+name+" "+write(r, depth))
			continue
		case 2:
			fields = append(fields, pick(r, []string{"int", "*string", "error", "sync.Mutex",
				"*time.Time", "io.Reader"}))
			return "struct{ " + strings.Join(fields, "; ") + " }"
		}
		fields = append(fields, name+" "+write(r, depth))
	}
	return "struct{ " + strings.Join(fields, "; ") + " }"
}

func write(r *rand.Rand, depth int) string {
	if depth == 0 || r.Intn(3) == 0 {
		if r.Intn(6) == 0 {
			return pick(r, known)
		}
		return pick(r, leaves)
	}
	depth--
	switch r.Intn(12) {
	case 0:
		return "*" + write(r, depth)
	case 1:
		return "[]" + write(r, depth)
	case 2, 3:
		return "[" + pick(r, lengths) + "]" + write(r, depth)
	case 4:
		return "map[" + write(r, depth) + "]" + write(r, depth)
	case 5:
		return pick(r, []string{"chan ", "<-chan ", "chan<- "}) + write(r, depth)
	case 6:
		return "func(a, b " + write(r, depth) + ", c ..." + write(r, depth) + ") (n " +
			write(r, depth) + ", err error)"
	case 7:
		return "interface{ M(x " + write(r, depth) + ") " + write(r, depth) + "; N() }"
	case 8:
		if r.Intn(3) == 0 {
			return pick(r, wrong)
		}
	}
	return structure(r, depth)
}

const header = `package main

import (
%s)

var _ = fmt.Sprint
var _ = reflect.TypeOf
var _ unsafe.Pointer

func tell(i int, t reflect.Type) {
	fmt.Print(i, "\t", t.Size(), " ", t.Align())
	for k := 0; t.Kind() == reflect.Struct && k < t.NumField(); k++ {
		fmt.Print(" ", t.Field(k).Offset)
	}
	fmt.Println()
}
`

// The program that tells of all that nothing is said of yet, with the line that each type stands in.
func program(types []string, said map[int]int) (string, map[int]int) {
	var imports, body, tells strings.Builder
	need := map[string]bool{"fmt": true, "reflect": true, "unsafe": true}
	lines := map[int]int{}
	word := regexp.MustCompile(`\b([a-z]+)\.[A-Z]`)
	for i, t := range types {
		if said[i] != 0 {
			continue
		}
		for _, m := range word.FindAllStringSubmatch(t, -1) {
			need[m[1]] = true
		}
		fmt.Fprintf(&tells, "\ttell(%d, reflect.TypeOf((*T%d)(nil)).Elem())\n", i, i)
	}
	for name := range need {
		path := paths[name]
		if path == "" {
			path = name
		}
		fmt.Fprintf(&imports, "\t%q\n", path)
	}
	fmt.Fprintf(&body, header, imports.String())
	for i, t := range types {
		if said[i] == 0 {
			lines[strings.Count(body.String(), "\n")+1] = i
			fmt.Fprintf(&body, "type T%d %s; var _ T%d\n", i, t, i)
		}
	}
	return body.String() + "\nfunc main() {\n" + tells.String() + "}\n", lines
}

// What is said of types that Go does not compile, by their index.
const refused = 1

// Compiles the program of the types that nothing is said of yet, and gives back what Go says.
func compile(dir, command, arch string, types []string, said map[int]int) (string, map[int]int,
	error) {
	text, lines := program(types, said)
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(text), 0o600); err != nil {
		return "", nil, err
	}
	c := exec.Command(command, "build", "-gcflags=-e", "-o", "types", ".")
	c.Dir = dir
	c.Env = append(os.Environ(), "GOARCH="+arch, "CGO_ENABLED=0", "GOFLAGS=-mod=mod")
	out, err := c.CombinedOutput()
	return string(out), lines, err
}

// What is too large Go refuses late, and up to 1.20 at the line of any type that it came by, even
// one of its own library. So among suspects those that do not compile are looked for by halves.
func search(dir, command, arch string, types []string, suspects []int, said map[int]int) error {
	others := map[int]int{}
	for i := range types {
		others[i] = refused
	}
	for _, i := range suspects {
		delete(others, i)
	}
	out, _, err := compile(dir, command, arch, types, others)
	half := len(suspects) / 2
	switch {
	case err == nil:
		return nil
	case half > 0:
		if err := search(dir, command, arch, types, suspects[:half], said); err != nil {
			return err
		}
		return search(dir, command, arch, types, suspects[half:], said)
	case strings.Contains(out, "large") || strings.Contains(out, "internal compiler error"):
		said[suspects[0]] = refused
	default:
		return fmt.Errorf("%s: %s: %v: %s", arch, types[suspects[0]], err, out)
	}
	return nil
}

// Builds until all compiles of which nothing is said. What Go names by its line is refused, if it
// is not by its size; of sizes the types whose lines are named are suspects, then all. Where the
// compiler fails it names the type, or a part of it: then all are suspects.
func build(dir, command, arch string, types []string) (map[int]int, error) {
	said := map[int]int{}
	place := regexp.MustCompile(`main\.go:(\d+):(.*)`)
	bucket := regexp.MustCompile(`internal compiler error: bad offset of overflow in bmap for T(\d+)\b`)
	for {
		out, lines, err := compile(dir, command, arch, types, said)
		if err == nil {
			return said, nil
		}
		before := len(said)
		var named, rest []int
		for _, m := range place.FindAllStringSubmatch(out, -1) {
			n, _ := strconv.Atoi(m[1])
			i, ok := lines[n]
			if ok && !strings.Contains(m[2], "large") && !strings.Contains(m[2], "compiler") {
				said[i] = refused
			} else if ok {
				named = append(named, i)
			}
		}
		if m := bucket.FindStringSubmatch(out); m != nil {
			i, _ := strconv.Atoi(m[1])
			said[i] = refused
		}
		for i := range types {
			if said[i] == 0 {
				rest = append(rest, i)
			}
		}
		for _, suspects := range [][]int{named, rest} {
			if len(said) > before || len(suspects) == 0 {
				continue
			}
			if err := search(dir, command, arch, types, suspects, said); err != nil {
				return nil, err
			}
		}
		if len(said) == before {
			return nil, fmt.Errorf("%s: %v: %s", arch, err, out)
		}
	}
}

func tell(dir, command, arch string, types []string) error {
	said, err := build(dir, command, arch, types)
	if err != nil {
		return err
	}
	out, err := exec.Command(filepath.Join(dir, "types")).Output()
	if err != nil {
		return err
	}
	release := strings.TrimPrefix(runtime.Version(), "go")
	for i := range types {
		if said[i] == refused {
			fmt.Printf("%s %s\t%s\trefused\n", release, arch, types[i])
		}
	}
	for s := bufio.NewScanner(strings.NewReader(string(out))); s.Scan(); {
		part := strings.SplitN(s.Text(), "\t", 2)
		i, _ := strconv.Atoi(part[0])
		fmt.Printf("%s %s\t%s\t%s\n", release, arch, types[i], part[1])
	}
	return nil
}

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	seed, _ := strconv.ParseInt(os.Args[2], 10, 64)
	r := rand.New(rand.NewSource(seed))
	types := append(append(append([]string{}, known...), wrong...), aligned...)
	for len(types) < count {
		types = append(types, write(r, 3))
	}
	dir, err := os.MkdirTemp("", "types")
	if err == nil {
		defer os.RemoveAll(dir)
		mod := []byte("module types\n\ngo 1.18\n")
		err = os.WriteFile(filepath.Join(dir, "go.mod"), mod, 0o600)
	}
	for _, arch := range os.Args[4:] {
		if err == nil {
			err = tell(dir, os.Args[3], arch, types)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.RemoveAll(dir)
		os.Exit(1)
	}
}
