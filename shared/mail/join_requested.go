package mail

// joinRequested tells the staff that somebody asks in by a join link.
var joinRequested = bilingual{
	es: func(f facts) words {
		return words{
			Subject: f.Firm + ": una solicitud espera su aprobación",
			Heading: "Una solicitud espera su aprobación",
			Before: []string{
				or(around("", f.About, " ha pedido"), "Han pedido") + " entrar" + around(" en «", f.Portal, "»") +
					" con un enlace para unirse. Hasta que usted lo apruebe, no verá nada.",
			},
			Action: "Abrir la consola",
			After: []string{
				`Apruebe la solicitud o recházela en la consola. Si no conoce a esta persona, rechácela.`,
			},
		}
	},
	en: func(f facts) words {
		return words{
			Subject: f.Firm + ": a request waits for your approval",
			Heading: "A request waits for your approval",
			Before: []string{
				or(f.About, "Somebody") + " asks to enter" + around(" “", f.Portal, "”") +
					" by a join link. Until you approve, they see nothing.",
			},
			Action: "Open the console",
			After: []string{
				`Approve or refuse the request in the console. If you do not know this person, refuse it.`,
			},
		}
	},
}
