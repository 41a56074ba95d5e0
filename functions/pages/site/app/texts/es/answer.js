// Respuestas que no son un sí, y a quién va dirigida la invitación.
export default {
  'refuse.back': 'Volver',
  'refuse.decline_title': '¿Rechazar la invitación?',
  'refuse.decline_about': 'Avisaremos a {inviter}. No recibirá más recordatorios y este enlace dejará de servir.',
  'refuse.decline_submit': 'Rechazar la invitación',
  'refuse.reason': 'Motivo',
  'refuse.reason_hint': 'Lo leerá {inviter}.',
  'refuse.decline_done': 'Ha rechazado la invitación',
  'refuse.decline_done_about': '{firm} ya lo sabe. No tiene que hacer nada más; puede cerrar esta página.',
  'refuse.optout_title': '¿Ningún correo más de {firm}?',
  'refuse.optout_about': 'Así rechaza la invitación. {firm} ya no podrá invitar ni escribir a esta dirección por medio de Portero hasta que usted lo permita de nuevo.',
  'refuse.optout_submit': 'No quiero más invitaciones',
  'refuse.optout_done': 'No recibirá más invitaciones',
  'refuse.optout_done_about': '{firm} ya no puede escribirle por medio de Portero. Puede cerrar esta página.',

  'other.title': 'Esta invitación es para otra dirección',
  'other.about': 'Ha iniciado sesión como {mine}. La invitación es para {theirs}.',
  'other.switch': 'Cerrar la sesión y continuar como {address}',
  'other.stay': 'Seguir como {address}',
  'other.safe': 'Elija lo que elija, la invitación sigue abierta.',
};
