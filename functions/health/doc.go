// Package health answers whether the API is there.
package health
