// Package look is how a firm's mails and pages look beside its name: logo,
// colour, legal footer, privacy link (row B14).
//
// It is the workspace's, not a portal's: a firm has one footer and one privacy
// notice whichever door somebody stands before, and whoever answers as the firm
// has read its workspace already, so that a page's look costs no read.
//
// An image is known by its bytes, never by what a sender says of it, and is never
// SVG, which is a document with scripts and links.
//
// Next: shared/mail/brand.go, and functions/pages/site/app/page.js.
package look
