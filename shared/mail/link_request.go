package mail

// linkRequest tells the staff that somebody wants a new link.
var linkRequest = bilingual{
	es: func(f facts) words {
		return words{
			Subject: f.Firm + ": piden un enlace nuevo",
			Heading: "Piden un enlace nuevo",
			Before: []string{
				or(around("", f.About, " pide"), "Piden") + " un enlace nuevo para la invitación" + around(" a «", f.Portal, "»") +
					", que ya no está abierta.",
			},
			Action: "Abrir la consola",
			After: []string{
				`Si quiere que entre, invite de nuevo desde la consola y recibirá otro enlace. Si no, no tiene que hacer nada.`,
			},
		}
	},
	en: func(f facts) words {
		return words{
			Subject: f.Firm + ": somebody asks for a new link",
			Heading: "Somebody asks for a new link",
			Before: []string{
				or(f.About, "Somebody") + " asks for a new link for the invitation" + around(" to “", f.Portal, "”") +
					", which is no longer open.",
			},
			Action: "Open the console",
			After: []string{
				`To let them in, invite them again from the console and they will get another link. Otherwise you need not do anything.`,
			},
		}
	},
}
