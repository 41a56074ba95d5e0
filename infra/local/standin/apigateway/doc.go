// Package apigateway turns requests into the events that an HTTP API hands to a
// Lambda function, and the function's answers into responses, with API
// Gateway's own limits and words.
//
// It routes nothing and knows no function: infra/local routes by rows,
// infra/rehearsal by the template.
package apigateway
