package intake

import (
	"encoding/json"
	"slices"
	"strings"

	"portero/shared/domain/fault"
)

// Column is what a column of a file may hold.
type Column string

// The columns. Address is the only one that must be there.
const (
	Address  Column = "address"
	Name     Column = "name"
	Family   Column = "family" // put behind the name
	Account  Column = "account"
	Role     Column = "role"
	Language Column = "language"
	Zone     Column = "zone"
	Source   Column = "source"
)

// Columns lists them, in the order people are shown.
var Columns = []Column{Address, Name, Family, Account, Role, Language, Zone, Source}

// known are the headers that need no mapping, as plain reduces them: ours, and
// those that address books and CRMs of both languages write.
var known = map[string]Column{
	"address": Address, "email": Address, "e mail": Address, "mail": Address, "email address": Address, "e mail address": Address,
	"correo": Address, "correo electronico": Address, "direccion de correo": Address, "direccion de correo electronico": Address,
	"name": Name, "full name": Name, "first name": Name, "given name": Name, "contact": Name, "contact name": Name,
	"nombre": Name, "nombre completo": Name, "contacto": Name,
	"family": Family, "last name": Family, "surname": Family, "family name": Family, "apellido": Family, "apellidos": Family,
	"account": Account, "account name": Account, "company": Account, "company name": Account, "organization": Account, "client": Account,
	"cuenta": Account, "empresa": Account, "organizacion": Account, "cliente": Account, "razon social": Account,
	"role": Role, "rol": Role, "perfil": Role,
	"language": Language, "idioma": Language, "lengua": Language,
	"zone": Zone, "time zone": Zone, "timezone": Zone, "zona horaria": Zone, "zona": Zone,
	"source": Source, "origen": Source, "procedencia": Source,
}

var accents = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n", "_", " ", "-", " ", ".", " ")

// plain is a header as it is compared: in lower case, without accents and signs.
func plain(header string) string {
	return strings.Join(strings.Fields(accents.Replace(strings.ToLower(header))), " ")
}

// The faults of a header.
var (
	ErrMapping   = fault.On("mapping", "mapping_malformed", `A mapping is a JSON object from columns (address, name, family, account, role, language, zone, source) to headers of the file, such as {"address":"Correo"}. An empty header leaves the column out.`)
	ErrNoAddress = fault.On("mapping", "column_missing", "No column holds the addresses. Say which one it is.")
	ErrTwice     = fault.On("mapping", "column_twice", "Two columns hold the same. Say which one is meant.")
)

// Mapping says in which column of a file each thing stands, from 0.
type Mapping map[Column]int

// Map finds the columns of a header: those that said names, a JSON object or
// empty, and the rest by the names they have. mapping_malformed, column_missing,
// column_twice.
func Map(header []string, said string) (Mapping, error) {
	asked := map[Column]string{}
	if said != "" && json.Unmarshal([]byte(said), &asked) != nil {
		return nil, ErrMapping
	}
	m, taken := Mapping{}, map[int]bool{}
	for c, name := range asked {
		if !slices.Contains(Columns, c) {
			return nil, ErrMapping
		}
		if name == "" {
			continue
		}
		n := slices.IndexFunc(header, func(h string) bool { return plain(h) == plain(name) })
		if n < 0 || taken[n] {
			return nil, ErrMapping
		}
		m[c], taken[n] = n, true
	}
	for n, h := range header {
		c, ok := known[plain(h)]
		if _, said := asked[c]; !ok || said || taken[n] {
			continue
		}
		if _, twice := m[c]; twice {
			return nil, ErrTwice
		}
		m[c] = n
	}
	if _, ok := m[Address]; !ok {
		return nil, ErrNoAddress
	}
	return m, nil
}
