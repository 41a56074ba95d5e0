// Package pages is what people see: plain HTML, CSS and ES modules under site/, which a browser runs as they are, and
// the Go that lists, packs and serves them.
//
// [Routes] is the one list of page URLs and [Headers] the one list of security headers; the local gateway ([Handler])
// and the CDK's bucket, rewrite function and response headers are made from them. [Build] writes the site to a folder
// as short as it can be said, with every asset under one content hash, the view library beside it from the lock file's
// packages, and one HTML page for each route, made of shell.html.
//
// The pages call the public API under /v1 on their own origin and nothing else. They must never hold inline script or
// style, a string that is not in site/app/texts in every language, or a secret anywhere but in memory, in the tab's
// session storage and in the body of a POST. This package imports the standard library and, for that shortness, tdewolff/minify (MIT, Go without
// dependencies outside its author's): nothing of ours, so that the CDK program can use it.
//
// Next: routes.go, then site/app/accept.js with what it imports; testdata/*.test.mjs drive all of it in a browser.
package pages
