package directory

import (
	"errors"

	"portero/shared/domain/email"
	"portero/shared/domain/fault"
)

// Address reads an address that stands in a field of a request; on that field,
// address_malformed or address_unsupported.
func Address(field, typed string) (email.Address, error) {
	a, err := email.Parse(typed)
	switch {
	case errors.Is(err, email.ErrUnsupported):
		return "", fault.On(field, "address_unsupported", "The part before the @ has characters that mail cannot be sent to. Use an address without them.")
	case err != nil:
		return "", fault.On(field, "address_malformed", "This is not one address. Correct it to name@example.com.")
	}
	return a, nil
}
