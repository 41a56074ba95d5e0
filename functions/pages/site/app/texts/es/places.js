// Idioma, formato de hora, zona y país de una persona o de la empresa.
export default {
  'profile.language': 'Idioma',
  'profile.time_format': 'Formato de hora',
  'profile.24h': '24 horas (14:30)',
  'profile.12h': '12 horas (2:30 p. m.)',
  'profile.zone': 'Zona horaria',
  'profile.country': 'País',
  'profile.none': 'Sin elegir',
};
