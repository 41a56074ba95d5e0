// What every invitation says: message, source, validity, reminders.
export default {
  'invite.default_role': 'El rol habitual del portal',
  'invite.default_language': 'El suyo o de la empresa',
  'invite.note_hint': 'Aparece en el correo como texto sin formato.',
  'invite.source': 'De dónde vienen las direcciones',
  'invite.source_hint': 'Lo ven las personas invitadas, por ejemplo: su contrato de mayo de 2026.',
  'invite.validity': 'Válida durante',
  'invite.validity_wrong': 'Elija entre 1 hora y 365 días.',
  'invite.unit': 'Unidad',
  'invite.days': 'días completos',
  'invite.hours': 'horas',
  'invite.reminders': 'Recordatorios tras días',
  'invite.reminders_hint': 'Por ejemplo 3, 7, 12; vacío para ninguno',
  'invite.days_wrong': 'Escriba días enteros separados por comas, como 3, 7, 12.',
  'invite.at': 'Recordatorios a las',
  'invite.nobody': 'Pegue al menos una dirección.',
};
