package localtime

import "errors"

// fieldError is an error about one field of a value.
type fieldError struct {
	field string // its JSON name
	err   error
}

func (e *fieldError) Error() string { return e.field + ": " + e.err.Error() }
func (e *fieldError) Unwrap() error { return e.err }

func wrong(field string, err error) error { return &fieldError{field, err} }

// At returns the path of the field that an error of Validate is about, below
// the path of the value: "reminders.days". It is the value's own path if the
// error names none, or is nil.
func At(path string, err error) string {
	var f *fieldError
	if errors.As(err, &f) {
		return path + "." + f.field
	}
	return path
}
