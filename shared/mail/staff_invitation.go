package mail

// staffInvitation asks a colleague into the workspace.
var staffInvitation = bilingual{
	es: func(f facts) words {
		role := "Entrará como miembro del equipo."
		if f.Level == "admin" {
			role = "Entrará con permisos de administración."
		}
		return words{
			Subject: "Invitación al equipo de " + f.Firm,
			Heading: "Invitación al equipo de " + f.Firm,
			Before: []string{
				or(around("", f.Inviter, ", de "+f.Firm+","), f.Firm) +
					" le invita a formar parte de su equipo en la consola desde la que se atiende a los clientes. " + role,
			},
			Quote:    or(f.Inviter, f.Firm) + " le escribe:",
			Action:   "Ver la invitación",
			Deadline: around("La invitación es válida hasta el ", f.Until, "."),
			After: []string{
				or(around("Cómo obtuvo "+f.Firm+" su dirección de correo: ", f.Source, "."),
					f.Firm+" introdujo su dirección de correo para enviarle esta invitación."),
				`¿No esperaba este mensaje? No tiene que hacer nada: si no acepta, no se crea ninguna cuenta y la invitación se cierra sola.
				También puede pedir que no se le vuelva a invitar, con el enlace del final.`,
			},
		}
	},
	en: func(f facts) words {
		role := "You will come in as a member of the team."
		if f.Level == "admin" {
			role = "You will come in as an administrator."
		}
		return words{
			Subject: "Invitation to the team of " + f.Firm,
			Heading: "Invitation to the team of " + f.Firm,
			Before: []string{
				or(around("", f.Inviter, " of "+f.Firm), f.Firm) +
					" invites you to join the team in the console from which clients are looked after. " + role,
			},
			Quote:    or(f.Inviter, f.Firm) + " writes:",
			Action:   "See the invitation",
			Deadline: around("The invitation is valid until ", f.Until, "."),
			After: []string{
				or(around("How "+f.Firm+" got your e-mail address: ", f.Source, "."),
					f.Firm+" entered your e-mail address to send you this invitation."),
				`Not expecting this message? You need not do anything: unless you accept, no account is made and the invitation ends by itself.
				You can also ask not to be invited again, with the link at the end.`,
			},
		}
	},
}
