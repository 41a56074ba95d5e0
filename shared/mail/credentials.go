package mail

// credentials gives a client a user name and a temporary password.
var credentials = bilingual{
	es: func(f facts) words {
		return words{
			Subject: "Su acceso al portal de " + f.Firm,
			Heading: "Su acceso al portal de " + f.Firm,
			Before: []string{
				or(around("", f.Inviter, ", de "+or(f.InviterAt, f.Firm)+","), f.Firm) + " le ha dado acceso a " +
					or(around("«", f.Portal, "»"), "su portal de clientes") + ".",
				`Su nombre de usuario es la dirección de correo a la que le llega este mensaje; su contraseña provisional, la cifra que figura abajo.
				Al entrar por primera vez elegirá una contraseña propia.`,
			},
			Quote:    or(f.Inviter, f.Firm) + " le escribe:",
			Action:   "Entrar en el portal",
			Deadline: "La contraseña provisional sirve una sola vez" + around(", hasta el ", f.Until, "") + ".",
			After: []string{
				"No se la diga a nadie: " + f.Firm + " nunca se la pedirá por teléfono ni por correo.",
				or(around("Cómo obtuvo "+f.Firm+" su dirección de correo: ", f.Source, "."),
					f.enters()+" introdujo su dirección de correo para darle acceso."),
				`¿No esperaba este mensaje? No tiene que hacer nada: si no entra, no se crea ninguna cuenta.
				También puede pedir que no se le vuelva a invitar, con el enlace del final.`,
			},
		}
	},
	en: func(f facts) words {
		return words{
			Subject: "Your access to the portal of " + f.Firm,
			Heading: "Your access to the portal of " + f.Firm,
			Before: []string{
				or(around("", f.Inviter, " of "+or(f.InviterAt, f.Firm)), f.Firm) + " has given you access to " +
					or(around("“", f.Portal, "”"), "its client portal") + ".",
				`Your user name is the e-mail address that this message came to; your temporary password is the number below.
				When you first sign in, you choose a password of your own.`,
			},
			Quote:    or(f.Inviter, f.Firm) + " writes:",
			Action:   "Enter the portal",
			Deadline: "The temporary password works once" + around(", until ", f.Until, "") + ".",
			After: []string{
				"Tell it to nobody: " + f.Firm + " will never ask you for it by phone or mail.",
				or(around("How "+f.Firm+" got your e-mail address: ", f.Source, "."),
					f.enters()+" entered your e-mail address to give you access."),
				`Not expecting this message? You need not do anything: unless you sign in, no account is made.
				You can also ask not to be invited again, with the link at the end.`,
			},
		}
	},
}
