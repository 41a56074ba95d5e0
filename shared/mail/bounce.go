package mail

// bounce tells the staff that an invitation's mail did not arrive.
var bounce = bilingual{
	es: func(f facts) words {
		return words{
			Subject: f.Firm + ": una invitación no ha podido entregarse",
			Heading: "Una invitación no ha podido entregarse",
			Before: []string{
				"El correo de la invitación" + around(" a «", f.Portal, "»") + " no ha llegado a su destino: la dirección" +
					around(" ", f.About, "") + " no admite correo.",
			},
			Action: "Abrir la invitación",
			After: []string{
				`Compruebe la dirección y corríjala en su página: la invitación se envía entonces a la nueva.
				Mientras tanto no se envían recordatorios.`,
			},
		}
	},
	en: func(f facts) words {
		return words{
			Subject: f.Firm + ": an invitation could not be delivered",
			Heading: "An invitation could not be delivered",
			Before: []string{
				"The mail of the invitation" + around(" to “", f.Portal, "”") + " did not arrive: the address" +
					around(" ", f.About, "") + " takes no mail.",
			},
			Action: "Open the invitation",
			After: []string{
				`Check the address and correct it on its page: the invitation is then sent to the new one.
				Until then no reminders are sent.`,
			},
		}
	},
}
