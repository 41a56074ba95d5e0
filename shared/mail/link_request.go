package mail

// linkRequest tells the staff that somebody wants a new link, and how to give them one: what expired is resent, what was
// answered or cancelled is not.
var linkRequest = bilingual{
	es: func(f facts) words {
		over, way := "que ya no está abierta", `Se rechazó o se canceló, y por eso no puede reenviarse. Si quiere que entre, invite otra vez a
			esta dirección en «Invitar» y recibirá otro enlace. Si no, no tiene que hacer nada.`
		if f.State == "expired" {
			over, way = "que ha caducado", `Si quiere que entre, pulse «Reenviar» en la página de la invitación: vuelve a abrirse con un plazo
			nuevo y se le envía otro enlace. Si no, no tiene que hacer nada.`
		}
		return words{
			Subject: f.Firm + ": piden un enlace nuevo",
			Heading: "Piden un enlace nuevo",
			Before: []string{
				or(around("", f.About, " pide"), "Piden") + " un enlace nuevo para la invitación" + around(" a «", f.Portal, "»") + ", " + over + ".",
				way,
			},
			Action: "Abrir la invitación",
		}
	},
	en: func(f facts) words {
		over, way := "which is no longer open", `It was declined or cancelled, so it cannot be resent. To let them in, invite this address
			again under “Invite” and they will get another link. Otherwise you need not do anything.`
		if f.State == "expired" {
			over, way = "which has expired", `To let them in, press “Resend” on the invitation's page: it opens again with a new date, and they
			are sent another link. Otherwise you need not do anything.`
		}
		return words{
			Subject: f.Firm + ": somebody asks for a new link",
			Heading: "Somebody asks for a new link",
			Before: []string{
				or(f.About, "Somebody") + " asks for a new link for the invitation" + around(" to “", f.Portal, "”") + ", " + over + ".",
				way,
			},
			Action: "Open the invitation",
		}
	},
}
