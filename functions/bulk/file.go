package bulk

import (
	"portero/shared/app"
	"portero/shared/domain/id"
	"portero/shared/domain/intake"
	"portero/shared/domain/invitation"
	"portero/shared/domain/localtime"
	"portero/shared/web"
)

// mediaCSV is the media type of a file (RFC 7111 and RFC 4180).
const mediaCSV = "text/csv"

// Importing is a file, and what is to become of its people. A file is sent as
// text, so that API Gateway hands it over as text: Lambda takes events of 6 MB,
// and Base64 would make 6.7 of 5 (web: functions/bulk/doc.go).
type Importing struct {
	Workspace id.Workspace  `path:"workspace"`
	Access    intake.Access `query:"access" enum:"none,grant,invite" default:"none" code:"access_unknown" doc:"none: they are put on file; grant: access is granted and nothing is sent; invite: they are invited."`
	Portal    string        `query:"portal" doc:"Where to, unless the access is none."`
	Role      string        `query:"role" doc:"For rows without one; left out: the portal's default role."`
	Language  string        `query:"language" doc:"en or es, for people whose own is not known; left out: the workspace's."`
	Source    string        `query:"source" doc:"Where the firm got the addresses; the invited see it."`
	Validity  string        `query:"validity" doc:"As when inviting."`
	Override  string        `query:"override_pause" enum:"true,false" default:"false" doc:"Send although the firm's mail is held back."`
	Delimiter string        `query:"delimiter" enum:"comma,semicolon," code:"delimiter_unknown" doc:"Left out: whichever the header has more of."`
	Mapping   string        `query:"mapping" doc:"A JSON object from address, name, family, account, role, language, zone, source to headers of the file. Headers with usual names, English or Spanish, need none."`
	Body      []byte        `example:"email,name,company\nmarta@client.example,Marta Gil,Gil SL\n" doc:"CSV (RFC 4180) in UTF-8, with or without byte order mark: a header and 1 to 10,000 rows, 5,000,000 bytes at most. Only the column of addresses must be there. An account or role is an identifier or a name; an account that is not there is made."`
}

// fileFaults are what may be wrong with a file and what is asked of it.
var fileFaults = codesOf(intake.ErrEncoding, intake.ErrBinary, intake.ErrQuotes, intake.ErrEmpty, intake.ErrColumns, intake.ErrRows, intake.ErrDelimiter,
	intake.ErrMapping, intake.ErrNoAddress, intake.ErrTwice, intake.ErrAccess, invitation.ErrPortal, invitation.ErrRole, invitation.ErrLanguage,
	invitation.ErrSource, invitation.ErrValidity, invitation.ErrPaused)

// spec is what the request asks for all rows.
func (in *Importing) spec() (intake.Spec, error) {
	s := intake.Spec{Access: in.Access, Portal: id.Portal(in.Portal), Role: id.Role(in.Role), Language: in.Language, Source: in.Source, Override: in.Override == "true"}
	return specified(s, in.Validity)
}

// specified is a spec that was asked for with a validity; role_unknown,
// validity_malformed, and what the spec refuses by itself.
func specified(s intake.Spec, validity string) (_ intake.Spec, err error) {
	if s.Role != "" && s.Role.Check() != nil {
		return s, invitation.ErrRole
	}
	if validity != "" {
		if s.Validity, err = localtime.ParseValidity(validity); err != nil {
			return s, invitation.ErrValidity
		}
	}
	return s, s.Check()
}

// list is a file as it was read.
type list struct {
	Table   intake.Table
	Mapping intake.Mapping
	Rows    []intake.Row
}

func (in *Importing) read() (list, error) {
	t, err := intake.Read(in.Body, in.Delimiter)
	if err != nil {
		return list{}, err
	}
	m, err := intake.Map(t.Header, in.Mapping)
	if err != nil {
		return list{Table: t}, err
	}
	return list{t, m, intake.Rows(t, m)}, nil
}

// clerk decides for the caller.
func clerk(a *app.App, call web.Call, s intake.Spec, one id.Job) intake.Clerk {
	return intake.Clerk{Store: a.Store, Spec: s, Job: one, Begun: call.Now,
		Desk: invitation.Desk{Store: a.Store, Actor: call.Actor, Self: call.Identity, Now: call.Now, Override: s.Override}}
}
