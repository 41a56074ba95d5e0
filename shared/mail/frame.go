package mail

// frame is what every mail says around the words of its kind.
type frame struct {
	Greeting string
	Bare     string // before the bare link
	Footer   string
	Stop     string // the link that ends invitations
	Notice   string // the link to the firm's privacy notice
}

func spanishFrame(f facts) frame {
	footer := "Mensaje automático de " + f.Firm + "."
	if f.Replies {
		footer += " Si responde a este mensaje, lo leerá " + f.Firm + "."
	}
	if f.Linked {
		footer += " Todos los enlaces de este mensaje llevan a " + f.Host + around(", salvo el de privacidad, que lleva a ", f.NoticeHost, "") + "."
	}
	return frame{
		Greeting: "Hola" + around(", ", f.Recipient, "") + ":",
		Bare:     "Si el botón no funciona, copie esta dirección en su navegador:",
		Footer:   footer,
		Stop:     "No deseo recibir más invitaciones de " + f.Firm,
		Notice:   "Política de privacidad de " + f.Firm,
	}
}

func englishFrame(f facts) frame {
	footer := "Automatic message from " + f.Firm + "."
	if f.Replies {
		footer += " If you reply, " + f.Firm + " will read your answer."
	}
	if f.Linked {
		footer += " All links in this message lead to " + f.Host + around(", but that of the privacy notice, which leads to ", f.NoticeHost, "") + "."
	}
	return frame{
		Greeting: "Hello" + around(" ", f.Recipient, "") + ",",
		Bare:     "If the button does not work, copy this address into your browser:",
		Footer:   footer,
		Stop:     "I do not want any more invitations from " + f.Firm,
		Notice:   "Privacy notice of " + f.Firm,
	}
}
