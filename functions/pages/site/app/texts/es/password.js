// Elegir una contraseña nueva.
export default {
  'field.new_password': 'Contraseña nueva',
  'password.length': 'Longitud de la contraseña',
  'password.rule': 'Al menos {least} caracteres. Bastan unas cuantas palabras; no se pide nada más.',
  'password.count': '{count} de {least} caracteres',
  'password.enough': 'Longitud suficiente',
  'error.password_too_short': 'La contraseña es demasiado corta. Alárguela, por ejemplo con una palabra más.',
  'error.password_too_long': 'La contraseña es demasiado larga. Use menos caracteres.',
  'error.password_common': 'Muchas personas usan esta contraseña y es fácil de adivinar. Elija otra.',
  'error.password_context': 'La contraseña se parece a su nombre, su dirección o la empresa. Elija otra.',
  'error.password_repetitive': 'La contraseña repite los mismos caracteres. Elija otra.',
  'error.password_malformed': 'La contraseña lleva caracteres que no se ven. Use letras, números, signos y espacios.',
};
