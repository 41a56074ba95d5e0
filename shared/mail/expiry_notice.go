package mail

// expiryNotice tells the staff that an invitation expired without an answer.
var expiryNotice = bilingual{
	es: func(f facts) words {
		return words{
			Subject: f.Firm + ": una invitación ha caducado sin respuesta",
			Heading: "Una invitación ha caducado sin respuesta",
			Before: []string{
				"La invitación" + around(" para ", f.About, "") + around(" a «", f.Portal, "»") +
					" ha caducado sin respuesta" + around(" el ", f.Until, "") + ".",
			},
			Action: "Abrir la invitación",
			After: []string{
				`Si pulsa «Reenviar» en su página, vuelve a abrirse con un plazo nuevo. Si no hace nada, queda cerrada.`,
			},
		}
	},
	en: func(f facts) words {
		return words{
			Subject: f.Firm + ": an invitation expired without an answer",
			Heading: "An invitation expired without an answer",
			Before: []string{
				"The invitation" + around(" for ", f.About, "") + around(" to “", f.Portal, "”") +
					" expired without an answer" + around(" on ", f.Until, "") + ".",
			},
			Action: "Open the invitation",
			After: []string{
				`If you press “Resend” on its page, it opens again with a new date. If you do nothing, it stays closed.`,
			},
		}
	},
}
