// Staff, and inviting more.
export default {
  'level.none': 'ya no es del personal',
  'team.level': 'Nivel',
  'team.level_of': 'Nivel de {name}',
  'team.change': 'Cambiar',
  'team.reset': 'Restablecer el segundo factor',
  'team.reset_of': 'Restablecer el segundo factor de {name}',
  'team.was_reset': '{name} entra solo con la contraseña, y se le ha avisado por correo.',
  'team.change_of': 'Cambiar el nivel de {name}',
  'team.changed': 'El nivel de {name} ha cambiado.',
  'team.deactivated': 'Desactivado',
  'team.invite': 'Invitar al equipo',
  'team.send': 'Enviar la invitación',
  'team.invited': 'Se ha invitado a {address}.',
};
