// Package access says who may ask for what: the actor of a request, the
// permissions and the one table that pairs staff levels with permissions.
//
// A row of the contract names a permission; the web layer decides it before a
// handler runs; the domain then checks the object's own rule. Nothing is
// allowed by default: a permission that stands in no line of the table is
// refused to everybody.
//
// It must never load anything and never know HTTP.
//
// Next: functions/testdata/authz.golden, the grid this table makes.
package access
