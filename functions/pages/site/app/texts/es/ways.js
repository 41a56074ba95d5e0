// Maneras de entrar además de la contraseña sola.
export default {
  'ways.mail_about': 'Escriba su dirección. Si tiene acceso aquí, en un momento sale un correo con un código.',
  'ways.mail_submit': 'Enviarme un código',
  'ways.second': 'Código de la aplicación',
  'ways.second_about': 'La contraseña es correcta. Escriba ahora el código que muestra su aplicación de autenticación.',
  'ways.second_hint': 'O uno de sus códigos de recuperación.',
  'ways.temporary': 'Ha entrado con una contraseña temporal. Elija la suya antes de seguir; la temporal es la contraseña hasta ahora.',
};
