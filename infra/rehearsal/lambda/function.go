package lambda

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Function is one function as the template has it.
type Function struct {
	Name, ARN, Handler string
	Environment        map[string]string // exactly the template's
	Timeout            time.Duration
	MemoryMiB          int

	// LogGroup, LogFormat and LogLevel are the template's LoggingConfig; empty
	// means what Lambda does without: /aws/lambda/<name>, no format, no level.
	LogGroup, LogFormat, LogLevel string
}

// Limits of a function's settings:
// docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html and
// docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html.
const (
	maxTimeout          = 900 * time.Second
	minMemoryMiB        = 128
	maxMemoryMiB        = 10240
	maxHandlerBytes     = 128
	maxEnvironmentBytes = 4096
)

// variable is a name Lambda takes for an environment variable:
// docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html.
var variable = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]+$`)

// reserved are the names a template must not set; creating the function fails:
// docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html.
var reserved = []string{
	"_HANDLER", "_X_AMZN_TRACE_ID", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
	"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE",
	"AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_LOG_FORMAT", "AWS_LAMBDA_LOG_LEVEL",
	"AWS_LAMBDA_MAX_CONCURRENCY", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
	"AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR", "TZ",
}

// check says what Lambda would refuse about the function, one line each.
func (f Function) check() error {
	var wrong []error
	refuse := func(format string, args ...any) {
		wrong = append(wrong, fmt.Errorf("function %q: "+format, append([]any{f.Name}, args...)...))
	}
	if f.Name == "" || f.ARN == "" {
		refuse("it has no name or no ARN (%q)", f.ARN)
	}
	if f.Handler == "" || len(f.Handler) > maxHandlerBytes || strings.ContainsAny(f.Handler, " \t\n") {
		refuse("the handler %q is not one to %d characters without spaces", f.Handler, maxHandlerBytes)
	}
	if f.Timeout < time.Second || f.Timeout > maxTimeout || f.Timeout%time.Second != 0 {
		refuse("the timeout %s is not whole seconds from 1s to %s", f.Timeout, maxTimeout)
	}
	if f.MemoryMiB < minMemoryMiB || f.MemoryMiB > maxMemoryMiB {
		refuse("the memory of %d MiB is not from %d to %d", f.MemoryMiB, minMemoryMiB, maxMemoryMiB)
	}
	size := 0
	for _, name := range slices.Sorted(maps.Keys(f.Environment)) {
		size += len(name) + len(f.Environment[name])
		switch {
		case slices.Contains(reserved, name):
			refuse("the environment variable %s is reserved by Lambda", name)
		case !variable.MatchString(name):
			refuse("%q is not a name of an environment variable", name)
		case strings.ContainsRune(f.Environment[name], 0):
			refuse("the environment variable %s has a NUL in it", name)
		}
	}
	if size > maxEnvironmentBytes {
		refuse("its environment is %d bytes; Lambda takes %d", size, maxEnvironmentBytes)
	}
	return errors.Join(wrong...)
}
