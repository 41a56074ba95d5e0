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
//     link (inert.go): the only host any mail links to is Settings.BaseURL's,
//     and that of the privacy notice, which an administrator set as an address
//     and which is named under the mail (brand.go);
//   - take a link from anywhere but Settings, but for that one;
//   - log or print a link's secret, a code, an address or a mail's text;
//   - send twice by itself: SES has no idempotency token, so there is no retry
//     here, and [ErrUnknown] says that a mail may be out.
//
// The words of each kind stand in the file of its name (invitation.go,
// reminder.go, …), Spanish and English side by side; frame.go has what every
// mail says around them. plain.go and page.go set the same words as plain text
// and as HTML, so the two parts cannot differ. Words that name a fact there is
// not do not build; a kind without words in a language fails the tests.
//
// Nothing here uses text/template or html/template, and a test keeps it so. They
// find methods by name at run time, hence the linker keeps every exported method
// of every type that is reachable, among them all operations of the clients of
// DynamoDB and SES: the binary had 19.0 MB instead of 13.3 MB, and every start
// of every function took 0.4 ms more (measured, Go 1.26, arm64). In return
// page.go escapes by itself: what is markup has a type that no string variable
// has.
//
// Next: compose.go, say.go, then words.go; testdata/*.golden shows what comes
// out.
package mail
