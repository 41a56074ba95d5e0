package mail

// joinApproved tells whoever asked by a join link that they may come in.
var joinApproved = bilingual{
	es: func(f facts) words {
		return words{
			Subject: f.Firm + " ha aprobado su solicitud",
			Heading: "Ya puede entrar",
			Before: []string{
				f.Firm + " ha aprobado su solicitud. Ya puede entrar en " +
					or(around("«", f.Portal, "»"), "su portal de clientes") + " con su dirección de correo.",
			},
			Action: "Entrar en el portal",
			After: []string{
				"¿No lo ha solicitado usted? No tiene que hacer nada; si quiere, avise a " + f.Firm + ".",
			},
		}
	},
	en: func(f facts) words {
		return words{
			Subject: f.Firm + " approved your request",
			Heading: "You may come in",
			Before: []string{
				f.Firm + " approved your request. You can now enter " +
					or(around("“", f.Portal, "”"), "its client portal") + " with your e-mail address.",
			},
			Action: "Enter the portal",
			After: []string{
				"Did you not ask for this? You need not do anything; tell " + f.Firm + " if you wish.",
			},
		}
	},
}
