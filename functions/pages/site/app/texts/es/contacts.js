// Los contactos: las personas que la empresa conoce.
export default {
  'contacts.about': 'Todas las personas que conoce la empresa, con acceso o sin él.',
  'contacts.none': 'Todavía no hay ningún contacto. Cree uno o invite a alguien.',
  'contacts.by_hint': 'Mayúsculas y acentos no importan. Con una @ se busca la dirección.',
  'contacts.tests': 'Clientes de prueba',
  'contacts.no_tests': 'No hay ningún cliente de prueba.',
  'contacts.role_hint': 'Quien tiene ese rol, o lo tiene ofrecido, y puede entrar.',
  'contacts.none_in_role': 'Nadie tiene ese rol.',
  'contacts.all_leads': 'Seleccionar los potenciales de esta página',
  'contacts.leads.one': '1 potencial',
  'contacts.leads.other': '{count} potenciales',
  'contacts.select_first': 'Seleccione antes al menos un cliente potencial.',
  'contacts.convert_many.one': '¿Convertir 1 potencial en contacto?',
  'contacts.convert_many.other': '¿Convertir {count} potenciales en contactos?',
  'contacts.converted_many.one': '1 ya es contacto.',
  'contacts.converted_many.other': '{count} ya son contactos.',
};
