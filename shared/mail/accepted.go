package mail

// accepted tells the staff that an invitation was accepted.
var accepted = bilingual{
	es: func(f facts) words {
		return words{
			Subject: f.Firm + ": han aceptado una invitación",
			Heading: "Han aceptado una invitación",
			Before: []string{
				or(around("", f.About, " ha aceptado"), "Han aceptado") + " la invitación" + around(" a «", f.Portal, "»") + ".",
			},
			Action: "Abrir la invitación",
			After:  []string{`No tiene que hacer nada más: no se enviarán más recordatorios.`},
		}
	},
	en: func(f facts) words {
		return words{
			Subject: f.Firm + ": an invitation was accepted",
			Heading: "An invitation was accepted",
			Before: []string{
				or(f.About, "Somebody") + " accepted the invitation" + around(" to “", f.Portal, "”") + ".",
			},
			Action: "Open the invitation",
			After:  []string{`There is nothing more to do: no more reminders will be sent.`},
		}
	},
}
