// Searching for accounts and choosing them.
export default {
  'search.nothing': 'Nothing begins like this.',
  'search.found.one': '1 account',
  'search.found.other': '{count} accounts',
  'search.choose': 'Choose',
  'search.choose_one': 'Choose {name}',
  'search.drop': 'Remove',
  'search.drop_one': 'Remove {name}',
  'search.external': 'External identifier',
  'search.external_hint': 'What another system calls it, such as your CRM.',
};
