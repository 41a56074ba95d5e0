// The lines of an invite.
export default {
  'column.verdict': 'Qué ocurre',
  'column.when': 'Cuándo',
  'lines.caption.one': '1 línea',
  'lines.caption.other': '{count} líneas',
  'lines.cell': '{column}, línea {line}',
  'lines.as_below': 'Como abajo',
  'lines.remove': 'Quitar',
  'lines.remove_line': 'Quitar {address}',
  'lines.like': 'Muy parecida a {other}, que ya está aquí. ¿Es la misma persona?',
  'lines.like_line': 'Muy parecida a {other} en otra línea. ¿Es la misma persona?',
  'lines.sent': 'Se envía el {when}',
  'lines.until': 'Válida hasta el {when}',
  'lines.reminders.one': '1 recordatorio',
  'lines.reminders.other': '{count} recordatorios',
};
