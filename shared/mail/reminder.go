package mail

// reminder asks again whoever has not answered, a client or a colleague.
var reminder = bilingual{
	es: func(f facts) words {
		what := "entrar en su portal de clientes"
		switch {
		case f.Portal != "":
			what = "entrar en «" + f.Portal + "»"
		case f.Level != "":
			what = "formar parte de su equipo"
		}
		return words{
			Subject: "Recordatorio: invitación de " + f.Firm,
			Heading: "La invitación de " + f.Firm + " sigue abierta",
			Before: []string{
				or(around("", f.Inviter, ", de "+or(f.InviterAt, f.Firm)+","), f.Firm) + " le invitó a " + what + " y aún no ha respondido." +
					around(" Este es el recordatorio número ", f.Number, "."),
				`Abra la invitación para aceptarla o rechazarla. En cuanto lo haga, no recibirá más recordatorios.`,
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
		what := "enter its client portal"
		switch {
		case f.Portal != "":
			what = "enter “" + f.Portal + "”"
		case f.Level != "":
			what = "join its team"
		}
		return words{
			Subject: "Reminder: invitation from " + f.Firm,
			Heading: "The invitation from " + f.Firm + " is still open",
			Before: []string{
				or(around("", f.Inviter, " of "+or(f.InviterAt, f.Firm)), f.Firm) + " invited you to " + what + " and you have not answered yet." +
					around(" This is reminder number ", f.Number, "."),
				`Open the invitation to accept or decline it. Once you have done so, you will get no more reminders.`,
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
