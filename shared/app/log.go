package app

import (
	"context"
	"log/slog"

	"github.com/aws/aws-lambda-go/lambdacontext"
)

// requestID is the field that every log record carries: API Gateway's request,
// else the invocation (reliability D39).
const requestID = "request_id"

// correlated adds the invocation's identifier to records that do not say whose
// they are. The platform's own records carry the same
// (https://docs.aws.amazon.com/lambda/latest/dg/golang-context.html).
type correlated struct{ slog.Handler }

// Handle writes a record.
func (h correlated) Handle(ctx context.Context, r slog.Record) error {
	has := false
	r.Attrs(func(a slog.Attr) bool {
		has = a.Key == requestID
		return !has
	})
	if in, ok := lambdacontext.FromContext(ctx); ok && !has {
		r.AddAttrs(slog.String(requestID, in.AwsRequestID))
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs and WithGroup keep the identifier.
func (h correlated) WithAttrs(attrs []slog.Attr) slog.Handler {
	return correlated{h.Handler.WithAttrs(attrs)}
}
func (h correlated) WithGroup(name string) slog.Handler { return correlated{h.Handler.WithGroup(name)} }
