// Package joinrequests is where staff decide on those who joined by a link that
// asks for their approval.
//
// Next: shared/domain/joinlink/decide.go.
package joinrequests
