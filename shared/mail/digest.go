package mail

import (
	"strconv"
	"strings"

	"portero/shared/domain/message"
)

// told is what a digest says of one kind of notice.
type told struct {
	Kind  message.Kind
	Count int
	Named []string // addresses, inert
}

// list counts them and names some: "(3): a, b and 1 more."
func (p told) list(more func(n int) string) string {
	said := "(" + strconv.Itoa(p.Count) + ")" + around(": ", strings.Join(p.Named, ", "), "")
	if rest := p.Count - len(p.Named); rest > 0 && len(p.Named) > 0 {
		said += more(rest)
	}
	return said + "."
}

// digest tells the staff what became of invitations in a day.
var digest = bilingual{
	es: func(f facts) words {
		lead := map[message.Kind]string{message.Accepted: "Han aceptado", message.Declined: "Han rechazado la invitación",
			message.Bounce: "No admiten correo", message.ExpiryNotice: "Han caducado sin respuesta"}
		var all []string
		for _, p := range f.Parts {
			all = append(all, lead[p.Kind]+" "+p.list(func(n int) string { return " y " + strconv.Itoa(n) + " más" }))
		}
		return words{
			Subject: f.Firm + ": resumen de sus invitaciones",
			Heading: "Resumen de sus invitaciones",
			Before:  append([]string{"Esto ha ocurrido desde el último resumen:"}, all...),
			Action:  "Abrir la consola",
			After:   []string{`Recibe este resumen una vez al día, como eligió en su perfil.`},
		}
	},
	en: func(f facts) words {
		lead := map[message.Kind]string{message.Accepted: "Accepted", message.Declined: "Declined",
			message.Bounce: "Take no mail", message.ExpiryNotice: "Expired without an answer"}
		var all []string
		for _, p := range f.Parts {
			all = append(all, lead[p.Kind]+" "+p.list(func(n int) string { return " and " + strconv.Itoa(n) + " more" }))
		}
		return words{
			Subject: f.Firm + ": your invitations in short",
			Heading: "Your invitations in short",
			Before:  append([]string{"This has happened since the last digest:"}, all...),
			Action:  "Open the console",
			After:   []string{`You get this digest once a day, as you chose in your profile.`},
		}
	},
}
