// Package grants is what one contact may enter: one account, one portal, one
// role, with its switches, dates and owner (rows T2, T3, Z11).
//
// Next: shared/domain/directory/grants.go.
package grants
