// Package mail composes every mail Portero sends and hands it to SES.
//
// [Compose] turns an outbox message and what was minted for it into raw MIME;
// [Sender] gives that to SES v1 SendRawEmail once and says, in stable words,
// what became of it. It reads nothing, stores nothing and keeps no clock.
//
// It must never
//   - put a word that a person wrote into a subject, but for the firm's name,
//     or into a header other than From's display name;
//   - let such a word become markup or something a mail program turns into a
//     link (inert.go): the only host any mail links to is Settings.BaseURL's;
//   - take a link from anywhere but Settings;
//   - log or print a link's secret, a code, an address or a mail's text;
//   - send twice by itself: SES has no idempotency token, so there is no retry
//     here, and [ErrUnknown] says that a mail may be out.
//
// The words of each mail stand once per language in templates/<kind>.<lang>.tmpl
// as blocks of plain text; layout.html.tmpl and layout.text.tmpl set the same
// words as HTML and as plain text, so the two parts cannot differ. A kind
// without a file, or a file without a block, fails the tests.
//
// Next: compose.go, then words.go; testdata/*.golden shows what comes out.
package mail
