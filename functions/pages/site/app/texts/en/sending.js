// What every invitation says: message, source, validity, reminders.
export default {
  'invite.default_role': 'The usual role of the portal',
  'invite.default_language': 'Theirs, or the firm’s',
  'invite.note_hint': 'Stands in the mail as plain text.',
  'invite.source': 'Where the addresses come from',
  'invite.source_hint': 'The invited people see it, for example: your contract of May 2026.',
  'invite.validity': 'Valid for',
  'invite.validity_wrong': 'Choose 1 hour to 365 days.',
  'invite.unit': 'Unit',
  'invite.days': 'whole days',
  'invite.hours': 'hours',
  'invite.reminders': 'Reminders after days',
  'invite.reminders_hint': 'For example 3, 7, 12; empty for none',
  'invite.days_wrong': 'Write whole days with commas between them, such as 3, 7, 12.',
  'invite.at': 'Reminders at',
  'invite.nobody': 'Paste at least one address.',
};
