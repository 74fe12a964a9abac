/* SPDX-License-Identifier: MIT */
/*
 * The well-known types, as the sources of their packages declare them, what those lead to
 * included. `make oracle` compares them with each Go at hand. Packages are named by their whole
 * paths, or not at all for the row's own.
 */
#include "model/go/known.h"

#include "model/base/text.h"

enum { LATEST = 255 };

struct known {
	uint8_t from, to; /* the releases 1.N that it holds for */
	struct declaration declaration;
};

#define ROW(from, to, kind, package, name, params, body) \
	{ from, to, { kind, package, name, params, body, NULL, false } }
#define TYPE(from, to, package, name, body) \
	ROW(from, to, DECLARED_TYPE, package, name, NULL, body)
#define GENERIC(from, to, package, name, params, body) \
	ROW(from, to, DECLARED_TYPE, package, name, params, body)
#define ALIAS(from, to, package, name, body) \
	ROW(from, to, DECLARED_ALIAS, package, name, NULL, body)

static const struct known table[] = {
	TYPE(18, LATEST, "time", "Time", "struct { wall uint64; ext int64; loc *Location }"),
	TYPE(18, LATEST, "time", "Location",
		"struct { name string; zone []zone; tx []zoneTrans; extend string; "
		"cacheStart int64; cacheEnd int64; cacheZone *zone }"),
	TYPE(18, LATEST, "time", "zone", "struct { name string; offset int; isDST bool }"),
	TYPE(18, LATEST, "time", "zoneTrans",
		"struct { when int64; index uint8; isstd, isutc bool }"),
	TYPE(18, LATEST, "time", "Duration", "int64"),
	TYPE(18, LATEST, "time", "Month", "int"),
	TYPE(18, LATEST, "time", "Weekday", "int"),
	TYPE(18, 22, "time", "Timer", "struct { C <-chan Time; r runtimeTimer }"),
	TYPE(23, LATEST, "time", "Timer", "struct { C <-chan Time; initTimer bool }"),
	TYPE(18, 22, "time", "Ticker", "struct { C <-chan Time; r runtimeTimer }"),
	TYPE(23, LATEST, "time", "Ticker", "struct { C <-chan Time; initTicker bool }"),
	TYPE(18, 22, "time", "runtimeTimer",
		"struct { pp uintptr; when int64; period int64; f func(any, "
		"uintptr); arg any; seq uintptr; nextwhen int64; status uint32 }"),
	TYPE(18, 22, "net/netip", "Addr", "struct { addr uint128; z *internal/intern.Value }"),
	TYPE(23, LATEST, "net/netip", "Addr",
		"struct { addr uint128; z unique.Handle[addrDetail] }"),
	TYPE(18, LATEST, "net/netip", "AddrPort", "struct { ip Addr; port uint16 }"),
	TYPE(18, 20, "net/netip", "Prefix", "struct { ip Addr; bits int16 }"),
	TYPE(21, LATEST, "net/netip", "Prefix", "struct { ip Addr; bitsPlusOne uint8 }"),
	TYPE(18, LATEST, "net/netip", "uint128", "struct { hi uint64; lo uint64 }"),
	TYPE(23, LATEST, "net/netip", "addrDetail", "struct { isV6 bool; zoneV6 string }"),
	TYPE(18, 22, "internal/intern", "Value",
		"struct { _ [0]func(); cmpVal any; resurrected bool }"),
	GENERIC(23, LATEST, "unique", "Handle", "T comparable", "struct { value *T }"),
	TYPE(18, LATEST, "net", "IP", "[]byte"),
	TYPE(18, LATEST, "net", "IPMask", "[]byte"),
	TYPE(18, LATEST, "net", "IPNet", "struct { IP IP; Mask IPMask }"),
	TYPE(18, LATEST, "net", "HardwareAddr", "[]byte"),
	TYPE(18, LATEST, "net", "TCPAddr", "struct { IP IP; Port int; Zone string }"),
	TYPE(18, LATEST, "net", "UDPAddr", "struct { IP IP; Port int; Zone string }"),
	TYPE(18, LATEST, "net", "Addr", "interface { Network() string; String() string }"),
	TYPE(18, LATEST, "net", "Conn",
		"interface { Read(b []byte) (n int, err error); Write(b []byte) (n "
		"int, err error); Close() error; LocalAddr() Addr; RemoteAddr() "
		"Addr; SetDeadline(t time.Time) error; SetReadDeadline(t time.Time) "
		"error; SetWriteDeadline(t time.Time) error }"),
	TYPE(18, 18, "net/url", "URL",
		"struct { Scheme string; Opaque string; User *Userinfo; Host "
		"string; Path string; RawPath string; ForceQuery bool; RawQuery "
		"string; Fragment string; RawFragment string }"),
	TYPE(19, 25, "net/url", "URL",
		"struct { Scheme string; Opaque string; User *Userinfo; Host "
		"string; Path string; RawPath string; OmitHost bool; ForceQuery "
		"bool; RawQuery string; Fragment string; RawFragment string }"),
	TYPE(26, LATEST, "net/url", "URL",
		"struct { Scheme string; Opaque string; User *Userinfo; Host "
		"string; Path string; Fragment string; RawQuery string; RawPath "
		"string; RawFragment string; ForceQuery bool; OmitHost bool }"),
	TYPE(18, LATEST, "net/url", "Userinfo",
		"struct { username string; password string; passwordSet bool }"),
	TYPE(18, LATEST, "net/url", "Values", "map[string][]string"),
	TYPE(18, LATEST, "net/http", "Header", "map[string][]string"),
	TYPE(18, LATEST, "net/mail", "Address", "struct { Name string; Address string }"),
	TYPE(18, 23, "sync", "Mutex", "struct { state int32; sema uint32 }"),
	TYPE(24, LATEST, "sync", "Mutex", "struct { _ noCopy; mu internal/sync.Mutex }"),
	TYPE(24, LATEST, "internal/sync", "Mutex", "struct { state int32; sema uint32 }"),
	TYPE(18, 19, "sync", "RWMutex",
		"struct { w Mutex; writerSem uint32; readerSem uint32; readerCount "
		"int32; readerWait int32 }"),
	TYPE(20, LATEST, "sync", "RWMutex",
		"struct { w Mutex; writerSem uint32; readerSem uint32; readerCount "
		"sync/atomic.Int32; readerWait sync/atomic.Int32 }"),
	TYPE(18, 19, "sync", "WaitGroup", "struct { noCopy noCopy; state1 uint64; state2 uint32 }"),
	TYPE(20, LATEST, "sync", "WaitGroup",
		"struct { noCopy noCopy; state sync/atomic.Uint64; sema uint32 }"),
	TYPE(18, 21, "sync", "Once", "struct { done uint32; m Mutex }"),
	TYPE(22, 23, "sync", "Once", "struct { done sync/atomic.Uint32; m Mutex }"),
	TYPE(24, 24, "sync", "Once", "struct { _ noCopy; done sync/atomic.Uint32; m Mutex }"),
	TYPE(25, LATEST, "sync", "Once", "struct { _ noCopy; done sync/atomic.Bool; m Mutex }"),
	TYPE(18, LATEST, "sync", "Cond",
		"struct { noCopy noCopy; L Locker; notify notifyList; checker copyChecker }"),
	TYPE(18, LATEST, "sync", "Pool",
		"struct { noCopy noCopy; local unsafe.Pointer; localSize uintptr; "
		"victim unsafe.Pointer; victimSize uintptr; New func() any }"),
	TYPE(18, 19, "sync", "Map",
		"struct { mu Mutex; read sync/atomic.Value; dirty map[any]*entry; misses int }"),
	TYPE(20, 23, "sync", "Map",
		"struct { mu Mutex; read sync/atomic.Pointer[readOnly]; dirty "
		"map[any]*entry; misses int }"),
	TYPE(24, LATEST, "sync", "Map",
		"struct { _ noCopy; m internal/sync.HashTrieMap[any, any] }"),
	TYPE(18, 19, "sync", "entry", "struct { p unsafe.Pointer }"),
	TYPE(20, 23, "sync", "entry", "struct { p sync/atomic.Pointer[any] }"),
	TYPE(18, 23, "sync", "readOnly", "struct { m map[any]*entry; amended bool }"),
	GENERIC(24, LATEST, "internal/sync", "HashTrieMap", "K comparable, V any",
		"struct { inited sync/atomic.Uint32; initMu Mutex; root "
		"sync/atomic.Pointer[indirect[K, V]]; keyHash func(unsafe.Pointer, uintptr) "
		"uintptr; valEqual func(unsafe.Pointer, unsafe.Pointer) bool; seed uintptr }"),
	TYPE(18, LATEST, "sync", "Locker", "interface { Lock(); Unlock() }"),
	TYPE(18, LATEST, "sync", "noCopy", "struct {}"),
	TYPE(18, LATEST, "sync", "notifyList",
		"struct { wait uint32; notify uint32; lock uintptr; head "
		"unsafe.Pointer; tail unsafe.Pointer }"),
	TYPE(18, LATEST, "sync", "copyChecker", "uintptr"),
	TYPE(19, LATEST, "sync/atomic", "Bool", "struct { _ noCopy; v uint32 }"),
	TYPE(19, LATEST, "sync/atomic", "Int32", "struct { _ noCopy; v int32 }"),
	TYPE(19, LATEST, "sync/atomic", "Int64", "struct { _ noCopy; _ align64; v int64 }"),
	TYPE(19, LATEST, "sync/atomic", "Uint32", "struct { _ noCopy; v uint32 }"),
	TYPE(19, LATEST, "sync/atomic", "Uint64", "struct { _ noCopy; _ align64; v uint64 }"),
	TYPE(19, LATEST, "sync/atomic", "Uintptr", "struct { _ noCopy; v uintptr }"),
	GENERIC(19, LATEST, "sync/atomic", "Pointer", "T any",
		"struct { _ [0]*T; _ noCopy; v unsafe.Pointer }"),
	TYPE(18, LATEST, "sync/atomic", "Value", "struct { v any }"),
	TYPE(19, LATEST, "sync/atomic", "noCopy", "struct {}"),
	TYPE(19, LATEST, "sync/atomic", "align64", "struct {}"),
	TYPE(18, LATEST, "math/big", "Int", "struct { neg bool; abs nat }"),
	TYPE(18, LATEST, "math/big", "Rat", "struct { a, b Int }"),
	TYPE(18, LATEST, "math/big", "Float",
		"struct { prec uint32; mode RoundingMode; acc Accuracy; form form; "
		"neg bool; mant nat; exp int32 }"),
	TYPE(18, LATEST, "math/big", "nat", "[]Word"),
	TYPE(18, LATEST, "math/big", "Word", "uint"),
	TYPE(18, LATEST, "math/big", "RoundingMode", "byte"),
	TYPE(18, LATEST, "math/big", "Accuracy", "int8"),
	TYPE(18, LATEST, "math/big", "form", "byte"),
	TYPE(18, LATEST, "database/sql", "NullString", "struct { String string; Valid bool }"),
	TYPE(18, LATEST, "database/sql", "NullInt64", "struct { Int64 int64; Valid bool }"),
	TYPE(18, LATEST, "database/sql", "NullInt32", "struct { Int32 int32; Valid bool }"),
	TYPE(18, LATEST, "database/sql", "NullInt16", "struct { Int16 int16; Valid bool }"),
	TYPE(18, LATEST, "database/sql", "NullByte", "struct { Byte byte; Valid bool }"),
	TYPE(18, LATEST, "database/sql", "NullFloat64", "struct { Float64 float64; Valid bool }"),
	TYPE(18, LATEST, "database/sql", "NullBool", "struct { Bool bool; Valid bool }"),
	TYPE(18, LATEST, "database/sql", "NullTime", "struct { Time time.Time; Valid bool }"),
	GENERIC(22, LATEST, "database/sql", "Null", "T any", "struct { V T; Valid bool }"),
	TYPE(18, LATEST, "encoding/json", "RawMessage", "[]byte"),
	TYPE(18, LATEST, "encoding/json", "Number", "string"),
	TYPE(18, LATEST, "bytes", "Buffer", "struct { buf []byte; off int; lastRead readOp }"),
	TYPE(18, LATEST, "bytes", "readOp", "int8"),
	TYPE(18, LATEST, "strings", "Builder", "struct { addr *Builder; buf []byte }"),
	TYPE(18, LATEST, "reflect", "Kind", "uint"),
	/* With more methods, which change nothing: an interface is two words. */
	TYPE(18, LATEST, "reflect", "Type",
		"interface { Name() string; PkgPath() string; Size() uintptr; "
		"String() string; Kind() Kind }"),
	TYPE(18, LATEST, "io/fs", "FileMode", "uint32"),
	ALIAS(18, LATEST, "os", "FileMode", "io/fs.FileMode"),
	TYPE(18, LATEST, "os", "Signal", "interface { String() string; Signal() }"),
	TYPE(18, LATEST, "syscall", "Signal", "int"),
	TYPE(18, LATEST, "syscall", "Errno", "uintptr"),
	TYPE(18, LATEST, "container/list", "List", "struct { root Element; len int }"),
	TYPE(18, LATEST, "container/list", "Element",
		"struct { next, prev *Element; list *List; Value any }"),
	TYPE(18, LATEST, "context", "Context",
		"interface { Deadline() (deadline time.Time, ok bool); Done() "
		"<-chan struct{}; Err() error; Value(key any) any }"),
	TYPE(18, LATEST, "context", "CancelFunc", "func()"),
	TYPE(18, LATEST, "fmt", "Stringer", "interface { String() string }"),
	TYPE(18, LATEST, "io", "Reader", "interface { Read(p []byte) (n int, err error) }"),
	TYPE(18, LATEST, "io", "Writer", "interface { Write(p []byte) (n int, err error) }"),
	TYPE(18, LATEST, "io", "Closer", "interface { Close() error }"),
	TYPE(18, LATEST, "io", "ReadCloser", "interface { Reader; Closer }"),
	TYPE(18, LATEST, "io", "WriteCloser", "interface { Writer; Closer }"),
	TYPE(18, LATEST, "io", "ReadWriter", "interface { Reader; Writer }"),
	TYPE(18, LATEST, "io", "ReadWriteCloser", "interface { Reader; Writer; Closer }"),
	TYPE(18, LATEST, "sort", "Interface",
		"interface { Len() int; Less(i, j int) bool; Swap(i, j int) }"),
	TYPE(21, LATEST, "cmp", "Ordered", "interface { ~int | ~string }"),
	TYPE(18, LATEST, "github.com/google/uuid", "UUID", "[16]byte"),
};

#define COUNT (sizeof table / sizeof *table)

const struct declaration *known_at(size_t i)
{
	return i < COUNT ? &table[i].declaration : NULL;
}

static bool holds(const struct known *k, const struct release *release)
{
	return release ? release->minor >= k->from && release->minor <= k->to : k->to == LATEST;
}

const struct declaration *known_find(const char *package, size_t plen, const char *name,
	size_t len, const struct release *release)
{
	for (size_t i = 0; i < COUNT; i++) {
		const struct declaration *d = &table[i].declaration;

		if (text_is(name, len, d->name) && holds(&table[i], release) &&
			declared_package(d->package, package, plen))
			return d;
	}
	return NULL;
}
