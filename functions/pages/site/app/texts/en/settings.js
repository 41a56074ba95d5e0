// The firm's settings.
export default {
  'settings.firm': 'The firm',
  'settings.name': 'Name of the firm',
  'settings.name_hint': 'As it stands in mails, their subjects and the portals.',
  'settings.no_workday': 'Choose at least one working day.',
  'settings.outside': 'Choose a whole number from {least} to {most}.',
};
