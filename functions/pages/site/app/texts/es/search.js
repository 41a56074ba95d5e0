// Buscar y elegir cuentas.
export default {
  'search.nothing': 'Nada empieza así.',
  'search.found.one': '1 cuenta',
  'search.found.other': '{count} cuentas',
  'search.choose': 'Elegir',
  'search.choose_one': 'Elegir {name}',
  'search.drop': 'Quitar',
  'search.drop_one': 'Quitar {name}',
  'search.external': 'Identificador externo',
  'search.external_hint': 'Cómo lo llama otro sistema, por ejemplo su CRM.',
};
