package mail

// passwordChanged warns that a password was changed.
var passwordChanged = bilingual{
	es: func(f facts) words {
		return words{
			Subject: f.Firm + ": su contraseña ha cambiado",
			Heading: "Su contraseña ha cambiado",
			Before: []string{
				"La contraseña con la que entra en " + or(around("«", f.Portal, "», de "+f.Firm+","), f.Firm) +
					" ha cambiado" + around(" el ", f.At, "") + ".",
				`Si ha sido usted, no tiene que hacer nada.`,
			},
			Action: "Abrir la página de entrada",
			Deadline: "Si no ha sido usted, pida enseguida una contraseña nueva en la página de entrada y avise a " +
				f.Firm + ".",
		}
	},
	en: func(f facts) words {
		return words{
			Subject: f.Firm + ": your password was changed",
			Heading: "Your password was changed",
			Before: []string{
				"The password with which you enter " + or(around("“", f.Portal, "” of "+f.Firm), f.Firm) +
					" was changed" + around(" on ", f.At, "") + ".",
				`If it was you, you need not do anything.`,
			},
			Action:   "Open the sign-in page",
			Deadline: "If it was not you, ask for a new password on the sign-in page at once and tell " + f.Firm + ".",
		}
	},
}
