package mail

// code carries a code to type; there is no button.
var code = bilingual{
	es: func(f facts) words {
		return words{
			Subject:  "Su código de " + f.Firm,
			Heading:  "Su código",
			Before:   []string{"Escriba este código en la página de " + f.Firm + " que se lo ha pedido:"},
			Deadline: around("El código es válido hasta el ", f.Until, "."),
			After: []string{
				"No se lo diga a nadie: " + f.Firm + " nunca le pedirá este código por teléfono ni por correo.",
				`¿No lo ha pedido usted? No tiene que hacer nada: sin el código nadie entra con su dirección.`,
			},
		}
	},
	en: func(f facts) words {
		return words{
			Subject:  "Your code from " + f.Firm,
			Heading:  "Your code",
			Before:   []string{"Type this code on the page of " + f.Firm + " that asked for it:"},
			Deadline: around("The code is valid until ", f.Until, "."),
			After: []string{
				"Tell it to nobody: " + f.Firm + " will never ask you for this code by phone or mail.",
				`Did you not ask for it? You need not do anything: without the code nobody gets in with your address.`,
			},
		}
	},
}
