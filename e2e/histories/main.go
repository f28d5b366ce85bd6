// check-history judges one history of clients that wrote and read through the loss of an etcd cluster and its recovery: what the
// old cluster answered is linearizable, what the new one answered is too, from the state that the survivor had at the revision that
// the account of the loss names, and what was acknowledged is there or within the bounds of that account.
//
//	check-history FILE
//
// FILE has JSON lines, see history.go. Prints its verdict as one JSON object. Exits with 0 where all holds, 1 where something does not,
// and 2 where the file cannot be read.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: check-history FILE")
		os.Exit(2)
	}
	history, err := readHistory(os.Args[1])
	if err != nil {
		fmt.Fprintf(os.Stderr, "check-history: %v\n", err)
		os.Exit(2)
	}
	verdict := judge(history)
	printed, err := json.Marshal(verdict)
	if err != nil {
		fmt.Fprintf(os.Stderr, "check-history: %v\n", err)
		os.Exit(2)
	}
	fmt.Println(string(printed))
	if !verdict.Holds {
		os.Exit(1)
	}
}
