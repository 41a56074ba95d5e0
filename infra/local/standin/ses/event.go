package ses

import (
	"bytes"
	"fmt"
	"maps"
	"net/mail"
	"slices"
	"strings"
	"time"
)

const (
	account = "000000000000"
	region  = "us-east-1"
	// isoMillis is how SES writes instants.
	isoMillis = "2006-01-02T15:04:05.000Z"
)

// object is a JSON object.
type object = map[string]any

// eventsOf returns the event of the send and then, recipient by recipient, what
// became of it.
func eventsOf(m *Message, now time.Time) []object {
	all := []object{event(m, now, "Email Sent", object{"eventType": "Send", "send": object{}})}
	for _, to := range m.Destinations {
		all = append(all, outcomeEvents(m, to, outcomeAt(to), now)...)
	}
	return all
}

// event wraps a detail as EventBridge does.
func event(m *Message, now time.Time, name string, detail object) object {
	detail["mail"] = mailOf(m)
	return object{
		"version": "0", "id": newUUID(), "detail-type": name, "source": "aws.ses",
		"account": account, "region": region, "time": now.UTC().Format(time.RFC3339),
		"resources": []string{fmt.Sprintf("arn:aws:ses:%s:%s:configuration-set/%s", region, account, m.ConfigurationSet)},
		"detail":    detail,
	}
}

// mailOf describes the original mail, with our tags and those SES adds.
func mailOf(m *Message) object {
	source := bare(m.Source)
	_, domain, _ := strings.Cut(source, "@")
	tags := map[string][]string{
		"ses:operation": {"SendRawEmail"}, "ses:configuration-set": {m.ConfigurationSet},
		"ses:from-domain": {domain}, "ses:source-ip": {"127.0.0.1"}, "ses:caller-identity": {"local"},
	}
	for name, value := range m.Tags {
		tags[name] = []string{value}
	}
	described := object{
		"timestamp": m.At.Format(isoMillis), "messageId": m.ID, "source": m.Source,
		"sourceArn":        fmt.Sprintf("arn:aws:ses:%s:%s:identity/%s", region, account, source),
		"sendingAccountId": account, "destination": m.Destinations, "tags": tags, "headersTruncated": false,
	}
	read, err := mail.ReadMessage(bytes.NewReader(m.Raw))
	if err != nil {
		return described // cannot be: it was read when it was accepted
	}
	headers := []object{}
	for _, name := range slices.Sorted(maps.Keys(read.Header)) {
		for _, value := range read.Header[name] {
			headers = append(headers, object{"name": name, "value": value})
		}
	}
	described["headers"] = headers
	described["commonHeaders"] = object{
		"from": []string{read.Header.Get("From")}, "to": []string{read.Header.Get("To")},
		"messageId": m.ID, "subject": read.Header.Get("Subject"),
	}
	return described
}

// bare is an address without its name.
func bare(address string) string {
	if a, err := mail.ParseAddress(address); err == nil {
		return a.Address
	}
	return address
}
