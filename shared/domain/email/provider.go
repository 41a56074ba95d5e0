package email

import "strings"

// PublicProvider reports whether domain belongs to a public mail provider, at
// which anybody can get an address and which no workspace can therefore list as
// its own. Case and Unicode spelling do not matter; what is not a domain, and a
// subdomain of a provider's, is not a provider's.
//
// The list is chosen, without evidence: the large ones worldwide and those of
// the Spanish, Italian, German, French, Portuguese and English speaking
// markets. It is short on purpose; that one is missing only means that nobody
// is stopped from listing it.
func PublicProvider(domain string) bool {
	ascii, ok := asciiDomain(domain)
	return ok && (publicDomain(ascii) || publicFamily(ascii))
}

// publicFamily reports whether domain is one of the providers with one name
// under many endings: yahoo.es, yahoo.co.uk, gmx.net. Other endings than a
// country's, "com" and "net" belong to other firms.
func publicFamily(domain string) bool {
	name, ending, _ := strings.Cut(domain, ".")
	switch name {
	case "yahoo", "hotmail", "outlook", "gmx", "aol":
	default:
		return false
	}
	if first, country, ok := strings.Cut(ending, "."); ok {
		return (first == "co" || first == "com") && len(country) == 2
	}
	return len(ending) == 2 || ending == "com" || ending == "net"
}

// publicDomain reports whether domain is one of the providers with one name. A
// switch, because a map would be built at every cold start.
func publicDomain(domain string) bool {
	switch domain {
	case // worldwide
		"gmail.com", "googlemail.com", "icloud.com", "me.com", "mac.com",
		"msn.com", "passport.com", "live.com", "windowslive.com", "ymail.com", "rocketmail.com",
		"proton.me", "protonmail.com", "protonmail.ch", "pm.me",
		"tutanota.com", "tutanota.de", "tutamail.com", "tuta.io", "tuta.com",
		"fastmail.com", "fastmail.fm", "hey.com", "duck.com", "zohomail.com", "zohomail.eu",
		"mail.com", "email.com", "hushmail.com", "mailbox.org", "posteo.net",
		"mail.ru", "inbox.ru", "bk.ru", "list.ru", "yandex.ru", "yandex.com", "ya.ru",
		"qq.com", "163.com", "126.com", "sina.com", "naver.com", "daum.net", "rediffmail.com":
		return true
	case // Spanish and Portuguese
		"terra.es", "terra.com", "terra.com.br", "telefonica.net", "movistar.es", "ono.com",
		"orange.es", "jazztel.es", "euskaltel.net", "wanadoo.es", "ya.com", "prodigy.net.mx",
		"live.com.mx", "live.com.ar", "live.cl",
		"uol.com.br", "bol.com.br", "ig.com.br", "globo.com", "sapo.pt", "live.com.pt":
		return true
	case // Italian
		"libero.it", "virgilio.it", "tin.it", "alice.it", "tim.it", "tiscali.it",
		"inwind.it", "iol.it", "fastwebnet.it", "email.it", "live.it":
		return true
	case // German
		"web.de", "t-online.de", "freenet.de", "arcor.de", "mail.de", "posteo.de", "live.de",
		"online.de", "vodafone.de", "bluewin.ch", "hispeed.ch", "aon.at", "chello.at":
		return true
	case // French and Dutch
		"orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "neuf.fr", "live.fr",
		"bbox.fr", "numericable.fr", "skynet.be", "telenet.be", "live.be",
		"ziggo.nl", "kpnmail.nl", "planet.nl", "xs4all.nl", "live.nl":
		return true
	case // English
		"comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net",
		"charter.net", "earthlink.net", "juno.com", "rogers.com", "shaw.ca", "sympatico.ca", "live.ca",
		"btinternet.com", "sky.com", "virginmedia.com", "ntlworld.com", "talktalk.net",
		"blueyonder.co.uk", "live.co.uk", "bigpond.com", "optusnet.com.au", "live.com.au", "xtra.co.nz":
		return true
	}
	return false
}
