package mail

// secondFactorOn tells somebody of staff that a second factor was set up.
var secondFactorOn = bilingual{
	es: func(f facts) words {
		return words{
			Subject: f.Firm + ": ahora entra con un segundo paso",
			Heading: "Ahora entra con un segundo paso",
			Before: []string{
				"Desde ahora, para entrar en " + f.Firm + " hacen falta su contraseña y el código que muestra su aplicación de autenticación. Se configuró" +
					around(" el ", f.At, "") + ".",
				`Si ha sido usted, no tiene que hacer nada. Guarde los códigos de recuperación en un lugar seguro.`,
			},
			Action:   "Abrir la página de entrada",
			Deadline: "Si no ha sido usted, avise enseguida a un administrador de " + f.Firm + ".",
		}
	},
	en: func(f facts) words {
		return words{
			Subject: f.Firm + ": you now sign in with a second step",
			Heading: "You now sign in with a second step",
			Before: []string{
				"From now on, entering " + f.Firm + " takes your password and the code that your authenticator app shows. It was set up" +
					around(" on ", f.At, "") + ".",
				`If it was you, you need not do anything. Keep the recovery codes in a safe place.`,
			},
			Action:   "Open the sign-in page",
			Deadline: "If it was not you, tell an administrator of " + f.Firm + " at once.",
		}
	},
}

// secondFactorOff tells somebody of staff that their second factor is gone.
var secondFactorOff = bilingual{
	es: func(f facts) words {
		return words{
			Subject: f.Firm + ": su segundo paso se ha quitado",
			Heading: "Su segundo paso se ha quitado",
			Before: []string{
				"Para entrar en " + f.Firm + " ya no se pide el código de su aplicación de autenticación. Se quitó" +
					around(" el ", f.At, "") + ".",
				`Si lo ha hecho usted, o se lo ha pedido a un administrador, no tiene que hacer nada.`,
			},
			Action:   "Abrir la página de entrada",
			Deadline: "Si no, cambie enseguida su contraseña y avise a un administrador de " + f.Firm + ".",
		}
	},
	en: func(f facts) words {
		return words{
			Subject: f.Firm + ": your second step was taken away",
			Heading: "Your second step was taken away",
			Before: []string{
				"Entering " + f.Firm + " no longer asks for the code of your authenticator app. It was taken away" +
					around(" on ", f.At, "") + ".",
				`If it was you, or if you asked an administrator for it, you need not do anything.`,
			},
			Action:   "Open the sign-in page",
			Deadline: "If not, change your password at once and tell an administrator of " + f.Firm + ".",
		}
	},
}
