// El correo retenido.
export default {
  'paused.title': 'El correo está retenido',
  'paused.bounces': 'Desde el {since}: de {mails} correos de los últimos días, {bad} volvieron. Busque esas direcciones en la lista y corríjalas, antes de que el servicio de correo detenga todo el correo de esta instalación.',
  'paused.complaints': 'Desde el {since}: de {mails} correos de los últimos días, {bad} se marcaron como spam. Piense a quién escribe y por qué, antes de que el servicio de correo detenga todo el correo de esta instalación.',
  'paused.staff': 'Alguien de su empresa lo retiene desde el {since}.',
  'paused.means': 'No salen recordatorios y no se invita a nadie, salvo que usted lo pida cada vez. Las contraseñas y los códigos sí salen.',
  'paused.ask': 'Un administrador puede reanudarlo.',
  'paused.resume': 'Reanudar el correo',
  'paused.resumed': 'El correo vuelve a salir.',
  'paused.hold': 'Retener el correo',
  'paused.hold_about': 'Retiene recordatorios e invitaciones hasta que los reanude. Las contraseñas y los códigos sí salen.',
  'paused.held': 'El correo está retenido desde ahora.',
};
