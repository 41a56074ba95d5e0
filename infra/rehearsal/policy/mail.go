package policy

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strings"
)

// formOf reads a body of the Query protocol; what cannot be read is empty.
func formOf(body []byte) url.Values {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil
	}
	return form
}

// sendRawEmail asks for the identity of every address that SES wants verified
// ("From", "Source", "Sender" and "Return-Path":
// https://docs.aws.amazon.com/ses/latest/dg/verify-addresses-and-domains.html),
// and for the configuration set, if one is named.
func sendRawEmail(r request) ([]Call, error) {
	form := formOf(r.body)
	for _, foreign := range []string{"SourceArn", "FromArn", "ReturnPathArn"} {
		if form.Has(foreign) {
			return nil, fmt.Errorf("%s: identities of other accounts are not in the table", foreign)
		}
	}
	raw, err := base64.StdEncoding.DecodeString(form.Get("RawMessage.Data"))
	if err != nil {
		return nil, errors.New("RawMessage.Data is not base64")
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return nil, errors.New("the raw message has no readable header")
	}
	from, err := m.Header.AddressList("From")
	if err != nil {
		return nil, errors.New("the raw message has no readable From")
	}
	e := envelope{form, m.Header, from[0]}
	senders, err := e.senders()
	if err != nil {
		return nil, err
	}
	var calls []Call
	for _, sender := range senders {
		arn := r.place.arn("ses", "identity/"+r.place.identity(sender))
		calls = append(calls, Call{r.action, arn, e.context(sender)})
	}
	set := form.Get("ConfigurationSetName")
	if set == "" {
		set = m.Header.Get("X-SES-CONFIGURATION-SET") // https://docs.aws.amazon.com/ses/latest/dg/using-configuration-sets-in-email.html
	}
	if set != "" {
		calls = append(calls, Call{r.action, r.place.arn("ses", "configuration-set/"+set), e.context(from[0].Address)})
	}
	return calls, nil
}

// envelope is a message with what its call says about it.
type envelope struct {
	form   url.Values
	header mail.Header
	from   *mail.Address
}

// senders returns the addresses that must be verified, From first, each once.
func (e envelope) senders() ([]string, error) {
	list := []string{e.from.Address}
	given := map[string]string{"Source": e.form.Get("Source"), "Sender": e.header.Get("Sender"), "Return-Path": e.header.Get("Return-Path")}
	for _, where := range []string{"Source", "Sender", "Return-Path"} {
		if given[where] == "" {
			continue
		}
		a, err := mail.ParseAddress(given[where])
		if err != nil {
			return nil, fmt.Errorf("%s is no address", where)
		}
		if !slices.Contains(list, a.Address) {
			list = append(list, a.Address)
		}
	}
	return list, nil
}

// context returns the condition keys of sending from an address
// (https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html).
func (e envelope) context(sender string) map[string][]string {
	context := map[string][]string{apiVersion: {"1"}, fromAddress: {sender}, recipients: e.recipients()}
	if e.from.Name != "" {
		context[fromDisplayName] = []string{e.from.Name}
	}
	back := e.header.Get("Return-Path")
	if back == "" {
		back = e.form.Get("Source")
	}
	if a, err := mail.ParseAddress(back); err == nil {
		context[feedbackAddress] = []string{a.Address}
	}
	return context
}

// recipients returns who gets the mail: Destinations, or else To, Cc and Bcc.
func (e envelope) recipients() (all []string) {
	for i := 1; ; i++ {
		to := e.form.Get(fmt.Sprintf("Destinations.member.%d", i))
		if to == "" {
			break
		}
		all = append(all, to)
	}
	for _, field := range []string{"To", "Cc", "Bcc"} {
		list, err := e.header.AddressList(field)
		if err != nil || e.form.Has("Destinations.member.1") {
			continue
		}
		for _, a := range list {
			all = append(all, a.Address)
		}
	}
	return all
}

// identity returns the identity that an address is sent from: itself, its
// domain, or the nearest domain above that is verified
// (https://docs.aws.amazon.com/ses/latest/dg/verify-addresses-and-domains.html).
func (p Place) identity(address string) string {
	domain := strings.ToLower(address[strings.LastIndex(address, "@")+1:])
	if slices.Contains(p.Identities, address) {
		return address
	}
	for up := domain; up != ""; _, up, _ = strings.Cut(up, ".") {
		if slices.Contains(p.Identities, up) {
			return up
		}
	}
	return domain
}

func sendQuota(r request) ([]Call, error) {
	return []Call{{r.action, "*", map[string][]string{apiVersion: {"1"}}}}, nil
}
