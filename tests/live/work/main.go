// SPDX-License-Identifier: MIT

// A program whose work on its maps is recorded: each map has its own way through growth, deletion
// and clearing, with keys and elems of all kinds, some by several goroutines. It uses no package,
// so that it is small.
package main

type point struct{ x, y int16 }

type rec struct {
	name string
	tags []string
	next *rec
}

var (
	users  = map[string]int{"ann": 1, "bob": 2}
	points = make(map[point]string, 20)
	recs   map[int64]rec
	mixed  = map[any]any{}
	queue  = map[uint32]uint64{}
	sets   = map[string]struct{}{}
	floats = map[float64][]int{}
	shared = map[int]int{}
	wide   = map[[3]uint64][40]byte{}
	gone   = map[int]bool{}
	refs   = map[*rec]int{}
)

var root rec

func number(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return number(n/10) + number(n%10)
}

//go:noinline
func put(m map[string]int, key string, value int) {
	m[key] = value
}

func fill() {
	for i := 0; i < 60; i++ {
		put(users, "user-"+number(i), i)
		points[point{int16(i), int16(-i)}] = number(i * i)
		queue[uint32(i)] = uint64(i) << 40
		sets["set\t"+number(i%17)] = struct{}{}
		floats[float64(i)/4] = []int{i, i + 1}
		wide[[3]uint64{uint64(i), 7, uint64(i * i)}] = [40]byte{byte(i), 1, 2}
		refs[&rec{name: number(i)}] = i
	}
	recs = make(map[int64]rec)
	for i := int64(0); i < 30; i++ {
		recs[i-5] = rec{number(int(i)), []string{"a", number(int(i))}, nil}
	}
}

func mix() {
	for i := 0; i < 20; i++ {
		mixed[i] = number(i)
		mixed[number(i)] = float64(i)
		mixed[point{int16(i), 1}] = i%2 == 0
		mixed[int8(i)] = nil
	}
	delete(mixed, 3)
	delete(mixed, "4")
}

func change() {
	for i := 0; i < 60; i += 3 {
		delete(users, "user-"+number(i))
		delete(points, point{int16(i), int16(-i)})
		delete(wide, [3]uint64{uint64(i), 7, uint64(i * i)})
	}
	for i := 0; i < 60; i++ {
		users["user-"+number(i)] += 5
		delete(queue, uint32(i))
	}
	for i := 0; i < 9; i++ {
		queue[uint32(i)*1000] = 1
	}
	clear17(sets)
	for i := 0; i < 5; i++ {
		sets[number(i)] = struct{}{}
	}
	sum := 0
	for _, n := range users {
		sum += n
	}
	for i := 0; i < 40; i++ {
		users["more-"+number(i)] = sum
	}
	for i := 0; i < 30; i++ {
		gone[i] = true
	}
	for i := range gone {
		delete(gone, i)
	}
	gone[1] = false
}

// Before 1.21 there is no clear; this loop is made one by the compiler.
func clear17(m map[string]struct{}) {
	for k := range m {
		delete(m, k)
	}
}

func share() {
	lock := make(chan bool, 1)
	done := make(chan bool)
	for g := 0; g < 4; g++ {
		go func(g int) {
			for i := 0; i < 50; i++ {
				lock <- true
				shared[g*1000+i] = i
				<-lock
			}
			done <- true
		}(g)
	}
	for g := 0; g < 4; g++ {
		<-done
	}
}

func main() {
	fill()
	mix()
	change()
	share()
	local := map[int]int{}
	for i := 0; i < 200; i++ {
		local[i%37*i] += i
	}
	println(len(users), len(points), len(recs), len(mixed), len(queue), len(sets), len(floats),
		len(shared), len(wide), len(gone), len(refs), len(local))
}
