// Alguien deja el equipo, y cómo sabe el personal de las respuestas.
export default {
  'leave.title': '{name} deja el equipo',
  'leave.self': 'Dejar el equipo',
  'leave.about': 'Sus clientes, enlaces para unirse e invitaciones abiertas pasan en unos minutos a quien usted elija. Sus sesiones y claves de API terminan al instante.',
  'leave.mine': 'Sus clientes, enlaces para unirse e invitaciones abiertas pasan a quien usted elija. Su sesión se cierra al instante y sus claves de API terminan.',
  'leave.successor': 'Quién continúa',
  'leave.choose': 'Elija a alguien del equipo',
  'leave.remove': 'Quitar del equipo',
  'leave.go': 'Dejar el equipo',
  'leave.back': 'Volver',
  'leave.done': '{name} ya no es del personal. Lo que llevaba se está traspasando.',
  'leave.ask': 'Si se va, elija antes a quién pasan sus clientes.',

  'notices.title': 'Respuestas a las invitaciones',
  'notices.how': 'Cuando alguien acepta o rechaza, un correo vuelve o una invitación caduca',
  'notices.each': 'Un correo cada vez',
  'notices.digest': 'Un correo al día',
  'notices.none': 'Ningún correo',
  'notices.hint': 'Las solicitudes que le esperan llegan una a una.',

  'error.successor_missing': 'Elija a quién pasan sus clientes y sus invitaciones abiertas.',
  'error.successor_unknown': 'No es nadie del personal, o es quien se va. Elija a otra persona.',
  'error.successor_unneeded': 'Solo se elige a quién pasan las cosas cuando alguien se va.',
};
