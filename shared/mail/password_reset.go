package mail

// passwordReset leads to the page where a new password is chosen.
var passwordReset = bilingual{
	es: func(f facts) words {
		return words{
			Subject: f.Firm + ": elija una contraseña nueva",
			Heading: "Elija una contraseña nueva",
			Before: []string{
				"Se ha pedido una contraseña nueva para entrar en " +
					or(around("«", f.Portal, "», de "+f.Firm+","), f.Firm) + " con esta dirección de correo.",
			},
			Action:   "Elegir una contraseña",
			Deadline: "El enlace sirve una sola vez" + around(", hasta el ", f.Until, "") + ".",
			After: []string{
				`¿No la ha pedido usted? No tiene que hacer nada: su contraseña sigue siendo la misma.`,
			},
		}
	},
	en: func(f facts) words {
		return words{
			Subject: f.Firm + ": choose a new password",
			Heading: "Choose a new password",
			Before: []string{
				"Somebody asked for a new password for " +
					or(around("“", f.Portal, "” of "+f.Firm), f.Firm) + " with this e-mail address.",
			},
			Action:   "Choose a password",
			Deadline: "The link works once" + around(", until ", f.Until, "") + ".",
			After: []string{
				`Was it not you? You need not do anything: your password stays as it is.`,
			},
		}
	},
}
