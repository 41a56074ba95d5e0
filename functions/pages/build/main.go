// Command build packs the pages into a folder: go run ./functions/pages/build [-node-modules DIR] OUT.
//
// It prints a JSON line with the hash of the assets, the routes and the headers, which is what something other than the
// local gateway needs to serve the folder. It must never serve anything itself.
//
// Next: Build in the package above.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"

	"portero/functions/pages"
)

func main() {
	modules := flag.String("node-modules", "infra/node_modules", "where npm ci put the view library")
	flag.Parse()
	if err := run(context.Background(), *modules, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "build pages:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, modules string, args []string) error {
	if len(args) != 1 {
		return errors.New("name one folder to write to")
	}
	hash, err := pages.Build(ctx, args[0], modules)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"hash": hash, "routes": pages.Routes(), "headers": pages.Headers(), "not_found": pages.NotFound,
	})
}
