// Language, time format, zone and country of a person or the firm.
export default {
  'profile.language': 'Language',
  'profile.time_format': 'Time format',
  'profile.24h': '24 hours (14:30)',
  'profile.12h': '12 hours (2:30 pm)',
  'profile.zone': 'Time zone',
  'profile.country': 'Country',
  'profile.none': 'Not chosen',
};
