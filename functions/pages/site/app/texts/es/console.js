// The console's frame.
export default {
  'console.menu': 'Consola',
  'console.invitations': 'Invitaciones',
  'console.pending': 'Por activar',
  'console.invite': 'Invitar',
  'console.import': 'Importar',
  'console.links': 'Enlaces',
  'console.team': 'Equipo',
  'console.me': 'Perfil',
  'console.accounts': 'Cuentas',
  'console.contacts': 'Contactos',
  'console.settings': 'Ajustes',
  'console.audit': 'Registro',
  'console.portals': 'Portales y roles',
  'console.keys': 'Claves de API',
  'list.colleague': 'alguien del equipo',
  'column.address': 'Dirección',
};
