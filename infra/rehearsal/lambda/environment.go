package lambda

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// endpoints begins every name Options.Network may set: the SDKs' own settings
// for where a service is,
// docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html.
const endpoints = "AWS_ENDPOINT_URL_"

// checkNetwork refuses additions that are not an endpoint or that would replace
// what a template sets.
func checkNetwork(network map[string]string, functions []Function) error {
	for _, name := range slices.Sorted(maps.Keys(network)) {
		if !strings.HasPrefix(name, endpoints) {
			return fmt.Errorf("network: %s is not an %s… setting, and nothing else may be added to a template's environment", name, endpoints)
		}
		for _, f := range functions {
			if _, set := f.Environment[name]; set {
				return fmt.Errorf("network: %s is set by the template of function %q", name, f.Name)
			}
		}
	}
	return nil
}

// identity is what only this process has.
type identity struct {
	accessKey, secret, session string
	runtimeAPI                 string // host:port
	stream                     string // 32 hexadecimal digits
}

// environment is the whole environment of one process: Lambda's variables as
// docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html lists them,
// the template's, and where AWS is here. AWS_EXECUTION_ENV is left out because
// that page says it is not defined on the provided.* runtimes; _X_AMZN_TRACE_ID
// is set by the runtime client per invocation.
func environment(f Function, o Options, root string, now time.Time, who identity) []string {
	set := map[string]string{
		// These may be extended by the template.
		"LANG":            "en_US.UTF-8",
		"PATH":            "/usr/local/bin:/usr/bin/:/bin:/opt/bin",
		"LD_LIBRARY_PATH": "/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
	}
	maps.Copy(set, f.Environment)
	maps.Copy(set, o.Network)
	maps.Copy(set, map[string]string{
		"_HANDLER":                        f.Handler,
		"AWS_REGION":                      o.Region,
		"AWS_DEFAULT_REGION":              o.Region,
		"AWS_LAMBDA_FUNCTION_NAME":        f.Name,
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": strconv.Itoa(f.MemoryMiB),
		"AWS_LAMBDA_FUNCTION_VERSION":     "$LATEST",
		"AWS_LAMBDA_INITIALIZATION_TYPE":  "on-demand",
		"AWS_LAMBDA_LOG_GROUP_NAME":       f.LogGroup,
		"AWS_LAMBDA_LOG_STREAM_NAME":      now.UTC().Format("2006/01/02/") + "[$LATEST]" + who.stream,
		"AWS_ACCESS_KEY_ID":               who.accessKey,
		"AWS_SECRET_ACCESS_KEY":           who.secret,
		"AWS_SESSION_TOKEN":               who.session,
		"AWS_LAMBDA_RUNTIME_API":          who.runtimeAPI,
		"LAMBDA_TASK_ROOT":                root, // /var/task there, where the binary is here
		"LAMBDA_RUNTIME_DIR":              "/var/runtime",
		"TZ":                              ":UTC",
	})
	if f.LogGroup == "" {
		set["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/" + f.Name
	}
	// docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html
	if f.LogFormat != "" {
		set["AWS_LAMBDA_LOG_FORMAT"] = f.LogFormat
	}
	if f.LogLevel != "" {
		set["AWS_LAMBDA_LOG_LEVEL"] = f.LogLevel
	}
	lines := make([]string, 0, len(set))
	for _, name := range slices.Sorted(maps.Keys(set)) {
		lines = append(lines, name+"="+set[name])
	}
	return lines
}
