// The lines of an invite.
export default {
  'column.verdict': 'What happens',
  'column.when': 'When',
  'lines.caption.one': '1 line',
  'lines.caption.other': '{count} lines',
  'lines.cell': '{column}, line {line}',
  'lines.as_below': 'As below',
  'lines.remove': 'Remove',
  'lines.remove_line': 'Remove {address}',
  'lines.like': 'Much like {other}, who is here already. Is it the same person?',
  'lines.like_line': 'Much like {other} in another line. Is it the same person?',
  'lines.sent': 'Mailed {when}',
  'lines.until': 'Valid until {when}',
  'lines.reminders.one': '1 reminder',
  'lines.reminders.other': '{count} reminders',
};
