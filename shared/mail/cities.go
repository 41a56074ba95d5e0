package mail

import "strings"

// spanishCity returns the Spanish name of the city that a zone is named after:
// CLDR's exemplar cities for the zones of Spanish speakers and of those they
// deal with. What is missing here reads as in the database, without accents.
func spanishCity(city string) string {
	switch city {
	case "Asuncion":
		return "Asunción"
	case "Athens":
		return "Atenas"
	case "Bahia_Banderas":
		return "Bahía de Banderas"
	case "Berlin":
		return "Berlín"
	case "Bogota":
		return "Bogotá"
	case "Brussels":
		return "Bruselas"
	case "Bucharest":
		return "Bucarest"
	case "Canary":
		return "Canarias"
	case "Cancun":
		return "Cancún"
	case "Copenhagen":
		return "Copenhague"
	case "Cordoba":
		return "Córdoba"
	case "Dublin":
		return "Dublín"
	case "Havana":
		return "La Habana"
	case "Istanbul":
		return "Estambul"
	case "Lisbon":
		return "Lisboa"
	case "London":
		return "Londres"
	case "Los_Angeles":
		return "Los Ángeles"
	case "Luxembourg":
		return "Luxemburgo"
	case "Mazatlan":
		return "Mazatlán"
	case "Merida":
		return "Mérida"
	case "Mexico_City":
		return "Ciudad de México"
	case "Moscow":
		return "Moscú"
	case "New_York":
		return "Nueva York"
	case "Panama":
		return "Panamá"
	case "Paris":
		return "París"
	case "Prague":
		return "Praga"
	case "Rome":
		return "Roma"
	case "Sao_Paulo":
		return "São Paulo"
	case "Stockholm":
		return "Estocolmo"
	case "Tokyo":
		return "Tokio"
	case "Tucuman":
		return "Tucumán"
	case "Vienna":
		return "Viena"
	case "Warsaw":
		return "Varsovia"
	case "Zurich":
		return "Zúrich"
	}
	return strings.ReplaceAll(city, "_", " ")
}

// englishCity does the same in English.
func englishCity(city string) string {
	switch city {
	case "Asuncion":
		return "Asunción"
	case "Bogota":
		return "Bogotá"
	case "Canary":
		return "Canary Islands"
	case "Cancun":
		return "Cancún"
	case "Merida":
		return "Mérida"
	case "Sao_Paulo":
		return "São Paulo"
	}
	return strings.ReplaceAll(city, "_", " ")
}
