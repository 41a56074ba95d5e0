// Maneras de entrar además de la contraseña sola.
export default {
  'ways.mail_about': 'Escriba su dirección. Si tiene acceso aquí, en un momento sale un correo con un código.',
  'ways.mail_submit': 'Enviarme un código',
  'ways.second': 'Código de la aplicación',
  'ways.second_about': 'La contraseña es correcta. Escriba ahora el código que muestra su aplicación de autenticación.',
  'ways.second_hint': 'O uno de sus códigos de recuperación.',
  'ways.temporary': 'Esta es la contraseña provisional. Elija ahora una propia; la provisional dejará de servir.',
  'ways.own': 'Guardar y entrar',
  'ways.lost': 'La contraseña es correcta. Como la cambió por correo, la aplicación ya no cuenta: escriba un código de recuperación, o pida a otro administrador que restablezca su segundo factor.',
  'ways.recovery': 'Código de recuperación',
  'ways.short': 'Su contraseña es demasiado corta para usarse sin segundo factor. Elija otra; después podrá continuar.',
};
