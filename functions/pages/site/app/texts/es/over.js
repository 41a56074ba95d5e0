// En qué ha quedado una invitación.
export default {
  'over.accepted': 'Ya ha aceptado',
  'over.accepted_about': 'Esta invitación de {firm} está aceptada. Continúe e inicie sesión.',
  'over.enter': 'Continuar',
  'over.declined': 'Esta invitación fue rechazada',
  'over.declined_about': 'Si ha cambiado de opinión, pida una invitación nueva a {inviter}.',
  'over.cancelled': 'Esta invitación fue retirada',
  'over.cancelled_about': '{firm} la ha cancelado. Si le sorprende, pida un enlace nuevo; avisaremos a {inviter}.',
  'over.expired': 'Esta invitación ha terminado',
  'over.expired_about': 'Se podía aceptar hasta el {when}. Pida un enlace nuevo; avisaremos a {inviter}.',
  'over.ask': 'Pedir un enlace nuevo',
  'over.asked': 'Hemos avisado a {inviter}. Si se envía un enlace nuevo, le llegará por correo.',
};
