package stacks

import (
	"errors"
	"fmt"
	"maps"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"portero/shared/dynamo/schema"
)

// Settings is what an operator may set, in cdk.json or with -c.
type Settings struct {
	// Stage names one deployment in an account: in every resource's name.
	Stage string
	// Region is where everything but CloudFront lives.
	Region string
	// Account may be empty: then it is whoever's credentials deploy.
	Account string
	// Sender is the address that mails come from; its domain becomes the
	// verified identity.
	Sender string
	// Domain is where people find the portal, for example portal.example.com.
	// It counts with a Certificate only: CloudFront answers to a domain only if
	// it holds one. Without, the address is CloudFront's own.
	Domain string
	// Certificate is the ARN of an ACM certificate for Domain in us-east-1, where
	// CloudFront looks for them.
	Certificate string
	// Alarms is the address that hears of alarms; empty: subscribe by hand.
	Alarms string
	// Names renames kept tables, for a restored copy; empty: "portero-<stage>-<table>".
	Names map[schema.Name]string
	// Existing takes back the tables that a destroyed deployment left: they are
	// used by name and not created. Streams then says the ARN of each one's
	// stream, which nothing but a look at the table can tell.
	Existing bool
	Streams  map[schema.Name]string
	// Restored is since when the tables taken back are a restored copy: an
	// instant, RFC 3339. What is older is not mailed until it is released.
	Restored string
	// ExistingIdentity uses the sender's domain as it is verified in SES already,
	// by an earlier deployment, another stage or by hand.
	ExistingIdentity bool
}

// Context keys of the settings.
const (
	keyStage, keyRegion, keyAccount  = "stage", "region", "account"
	keySender, keyDomain, keyAlarms  = "sender", "domain", "alarms"
	keyCertificate                   = "certificate"
	keyTables, keyIdentity, existing = "tables", "identity", "existing"
	keyRestored                      = "restored"
	suffixTable, suffixStream        = "Table", "Stream" // coreTable, auditStream
)

// Read takes the settings from context and checks them. An error says every
// setting that is wrong and how it should look.
func Read(context func(key string) string) (Settings, error) {
	s := Settings{
		Stage: context(keyStage), Region: context(keyRegion), Account: context(keyAccount), Sender: context(keySender),
		Domain: context(keyDomain), Certificate: context(keyCertificate), Alarms: context(keyAlarms),
		Existing: context(keyTables) == existing, ExistingIdentity: context(keyIdentity) == existing, Restored: context(keyRestored),
		Names: map[schema.Name]string{}, Streams: map[schema.Name]string{},
	}
	for _, t := range kept() {
		if name := context(string(t.Name) + suffixTable); name != "" {
			s.Names[t.Name] = name
		}
		if stream := context(string(t.Name) + suffixStream); stream != "" {
			s.Streams[t.Name] = stream
		}
	}
	var wrong []error
	for _, key := range []string{keyTables, keyIdentity} {
		if v := context(key); v != "" && v != existing {
			wrong = append(wrong, fmt.Errorf("%s=%s: must be %q or left out", key, v, existing))
		}
	}
	return s, errors.Join(append(wrong, s.check())...)
}

// Forms of the settings. A stage stands in function names, which have 64
// characters (https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html).
var (
	stageForm       = regexp.MustCompile(`^[a-z][a-z0-9-]{0,14}[a-z0-9]$`)
	regionForm      = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]$`)
	accountForm     = regexp.MustCompile(`^([0-9]{12})?$`)
	domainForm      = regexp.MustCompile(`^(([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})?$`)
	certificateForm = regexp.MustCompile(`^(arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate/[A-Za-z0-9-]+)?$`)
	tableForm       = regexp.MustCompile(`^[A-Za-z0-9_.-]{3,255}$`)
)

func (s Settings) check() error {
	var wrong []error
	form := func(key, value string, form *regexp.Regexp, want string) {
		if !form.MatchString(value) {
			wrong = append(wrong, fmt.Errorf("%s=%q: %s", key, value, want))
		}
	}
	form(keyStage, s.Stage, stageForm, "2 to 16 lower-case letters, digits and hyphens, such as dev")
	form(keyRegion, s.Region, regionForm, "an AWS region such as eu-west-1")
	form(keyAccount, s.Account, accountForm, "12 digits, or left out")
	form(keyDomain, s.Domain, domainForm, "a host name such as portal.example.com, or left out")
	form(keyCertificate, s.Certificate, certificateForm, "the ARN of an ACM certificate in us-east-1, or left out")
	if s.Certificate != "" && s.Domain == "" {
		wrong = append(wrong, errors.New("certificate: also say the domain it is for"))
	}
	if !bare(s.Sender) {
		wrong = append(wrong, fmt.Errorf("%s=%q: a bare address such as no-reply@example.com", keySender, s.Sender))
	}
	if s.Alarms != "" && !bare(s.Alarms) {
		wrong = append(wrong, fmt.Errorf("%s=%q: a bare address such as ops@example.com, or left out", keyAlarms, s.Alarms))
	}
	if _, err := time.Parse(time.RFC3339, s.Restored); s.Restored != "" && err != nil {
		wrong = append(wrong, fmt.Errorf("%s=%q: when the tables were restored, such as 2026-11-23T08:00:00Z, or left out", keyRestored, s.Restored))
	}
	if s.Restored != "" && !s.Existing {
		wrong = append(wrong, fmt.Errorf("%s: counts with %s=%s only", keyRestored, keyTables, existing))
	}
	for _, name := range slices.Sorted(maps.Keys(s.Names)) {
		form(string(name)+suffixTable, s.Names[name], tableForm, "a DynamoDB table's name")
	}
	return errors.Join(append(wrong, s.checkStreams())...)
}

func bare(address string) bool {
	parsed, err := mail.ParseAddress(address)
	return err == nil && parsed.Address == address && domainForm.MatchString(address[strings.LastIndex(address, "@")+1:])
}

// checkStreams asks for the stream of each table that is taken back and read.
func (s Settings) checkStreams() error {
	var wrong []error
	for _, t := range kept() {
		name, stream := s.table(t.Name), s.Streams[t.Name]
		switch {
		case !s.Existing && stream != "":
			wrong = append(wrong, fmt.Errorf("%s%s: counts with %s=%s only", t.Name, suffixStream, keyTables, existing))
		case s.Existing && t.Stream != "" && !strings.Contains(stream, ":table/"+name+"/stream/"):
			wrong = append(wrong, fmt.Errorf("%s%s=%q: the ARN of the stream of table %s, which this prints:\n  aws dynamodb describe-table --region %s --table-name %s --query Table.LatestStreamArn --output text",
				t.Name, suffixStream, stream, name, s.Region, name))
		}
	}
	return errors.Join(wrong...)
}

// table returns a table's name in AWS.
func (s Settings) table(name schema.Name) string {
	if n := s.Names[name]; n != "" {
		return n
	}
	return s.name(string(name))
}

// fresh returns the name of a table that is not kept: another one with each
// restore, so that it begins empty. A session that was ended after the instant
// that was restored would be good again: the identity's generation went back.
func (s Settings) fresh(name schema.Name) string {
	if at, err := time.Parse(time.RFC3339, s.Restored); err == nil {
		return s.name(string(name)) + at.UTC().Format("-20060102-150405")
	}
	return s.name(string(name))
}

// name returns the name in AWS of one of this stage's things.
func (s Settings) name(what string) string { return "portero-" + s.Stage + "-" + what }

// senderDomain returns the domain of the sender's address.
func (s Settings) senderDomain() string { return s.Sender[strings.LastIndex(s.Sender, "@")+1:] }

// kept returns the tables that outlive their stack.
func kept() []schema.Table {
	return slices.DeleteFunc(schema.Tables(), func(t schema.Table) bool { return !t.Kept })
}
