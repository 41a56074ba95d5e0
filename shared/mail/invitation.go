package mail

// invitation asks a client into a portal.
var invitation = bilingual{
	es: func(f facts) words {
		return words{
			Subject: "Invitación de " + f.Firm,
			Heading: f.Firm + " le invita a su portal",
			Before: []string{
				or(around("", f.Inviter, ", de "+or(f.InviterAt, f.Firm)+","), f.Firm) + " le invita a entrar en " +
					or(around("«", f.Portal, "»"), "su portal de clientes") + ".",
				`Abra la invitación para ver de qué se trata. Puede aceptarla o rechazarla; abrirla no le compromete a nada.`,
			},
			Quote:    or(f.Inviter, f.Firm) + " le escribe:",
			Action:   "Ver la invitación",
			Deadline: around("La invitación es válida hasta el ", f.Until, "."),
			After: []string{
				or(around("Cómo obtuvo "+f.Firm+" su dirección de correo: ", f.Source, "."),
					f.enters()+" introdujo su dirección de correo para enviarle esta invitación."),
				`¿No esperaba este mensaje? No tiene que hacer nada: si no acepta, no se crea ninguna cuenta y la invitación se cierra sola.
				También puede pedir que no se le vuelva a invitar, con el enlace del final.`,
			},
		}
	},
	en: func(f facts) words {
		return words{
			Subject: "Invitation from " + f.Firm,
			Heading: f.Firm + " invites you to its portal",
			Before: []string{
				or(around("", f.Inviter, " of "+or(f.InviterAt, f.Firm)), f.Firm) + " invites you to enter " +
					or(around("“", f.Portal, "”"), "its client portal") + ".",
				`Open the invitation to see what it is about. You can accept or decline it; opening it commits you to nothing.`,
			},
			Quote:    or(f.Inviter, f.Firm) + " writes:",
			Action:   "See the invitation",
			Deadline: around("The invitation is valid until ", f.Until, "."),
			After: []string{
				or(around("How "+f.Firm+" got your e-mail address: ", f.Source, "."),
					f.enters()+" entered your e-mail address to send you this invitation."),
				`Not expecting this message? You need not do anything: unless you accept, no account is made and the invitation ends by itself.
				You can also ask not to be invited again, with the link at the end.`,
			},
		}
	},
}
