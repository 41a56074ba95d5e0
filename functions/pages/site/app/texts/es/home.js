// La página de inicio del cliente.
export default {
  'home.home': 'Inicio',
  'home.me': 'Perfil',
  'home.menu': 'Menú del portal',
  'home.hello': 'Hola, {name}',
  'home.portal': 'Portal',
  'home.account': 'Cuenta',
  'home.role': 'Rol',
  'home.ask': 'A quién preguntar',
  'home.invited_by': 'Quién le invitó',
  'home.signed_in': 'Sesión iniciada como',
  'home.console': 'Abrir la consola del personal',
  'home.accounts': 'Sus cuentas',
  'home.in_use': 'En uso',
  'home.use': 'Cambiar',
  'home.use_account': 'Cambiar a {account}',
  'home.switched': 'Ahora usa {account}.',
};
