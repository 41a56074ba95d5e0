package mail

// declined tells the staff that an invitation was declined, and why.
var declined = bilingual{
	es: func(f facts) words {
		return words{
			Subject: f.Firm + ": han rechazado una invitación",
			Heading: "Han rechazado una invitación",
			Before: []string{
				or(around("", f.About, " ha rechazado"), "Han rechazado") + " la invitación" + around(" a «", f.Portal, "»") + ".",
			},
			Quote:  "El motivo que ha dado:",
			Action: "Abrir la invitación",
			After:  []string{`No se enviarán más recordatorios de esta invitación.`},
		}
	},
	en: func(f facts) words {
		return words{
			Subject: f.Firm + ": an invitation was declined",
			Heading: "An invitation was declined",
			Before: []string{
				or(f.About, "Somebody") + " declined the invitation" + around(" to “", f.Portal, "”") + ".",
			},
			Quote:  "The reason given:",
			Action: "Open the invitation",
			After:  []string{`No more reminders of this invitation will be sent.`},
		}
	},
}
