// SPDX-License-Identifier: MIT

// What is measured: big KIND N holds N entries in a map, says so, and waits until its input ends.
// KIND is ints, strings, or heap: N maps of a hundred entries each.
package main

import (
	"fmt"
	"os"
	"strconv"
)

var (
	ints    map[int]int
	strings map[string]string
	heap    []map[int]int
)

func main() {
	n, _ := strconv.Atoi(os.Args[2])
	switch os.Args[1] {
	case "ints":
		ints = make(map[int]int)
		for i := 0; i < n; i++ {
			ints[i] = i
		}
	case "strings":
		strings = make(map[string]string)
		for i := 0; i < n; i++ {
			strings["key-"+strconv.Itoa(i)] = "value-" + strconv.Itoa(i)
		}
	case "heap":
		for i := 0; i < n; i++ {
			m := make(map[int]int, 100)
			for k := 0; k < 100; k++ {
				m[k] = i
			}
			heap = append(heap, m)
		}
	}
	fmt.Println("ready")
	os.Stdin.Read(make([]byte, 1))
	fmt.Println(len(ints), len(strings), len(heap))
}
