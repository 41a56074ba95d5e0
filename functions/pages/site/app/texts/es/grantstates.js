// What a grant comes to.
export default {
  'grantstate.granted': 'Concedido, sin enviar',
  'grantstate.invited': 'Invitado',
  'grantstate.active': 'Activo',
  'grantstate.not_yet': 'Aún no',
  'grantstate.over': 'Terminado',
  'grantstate.off': 'Desactivado',
};
