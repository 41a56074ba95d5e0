// Inicio de sesión, contraseñas olvidadas, y por qué una contraseña correcta puede no bastar.
export default {
  'signin.submit': 'Iniciar sesión',
  'signin.busy': 'Iniciando sesión…',
  'signin.back': 'Volver al inicio de sesión',
  'signin.console': 'Consola de {firm}',
  'signin.clients': '¿Es usted cliente? Inicie sesión aquí:',
  'signin.not_staff': 'Ha iniciado sesión como {address}, que no es del personal. Puede continuar aquí:',
  'signin.elsewhere': 'Ha iniciado sesión como {address}, que no tiene acceso a este portal. Puede continuar aquí:',
  'signin.staff': 'Consola del personal',
  'forgot.title': '¿Ha olvidado su contraseña?',
  'forgot.about': 'Escriba su dirección. Si tiene acceso aquí, en un momento recibirá un correo con un enlace para elegir una contraseña nueva.',
  'forgot.submit': 'Enviarme un enlace',
  'forgot.sent': 'Si esa dirección tiene acceso aquí, acabamos de enviarle un enlace. Mire en su buzón, también en el correo no deseado. El enlace solo sirve por poco tiempo.',
  'error.access_waiting': 'La contraseña es correcta. La empresa aún debe aprobar su acceso; recibirá un correo.',
  'error.access_not_yet': 'Su acceso aún no ha empezado. Vuelva el primer día.',
  'error.access_ended': 'Su acceso ha terminado. Pida a la empresa que lo renueve.',
  'error.access_off': 'La contraseña es correcta, pero su acceso está desactivado. Consulte a la empresa.',
};
