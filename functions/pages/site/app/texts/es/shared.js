// Todas las páginas: marco, formularios, perfil, y qué ha fallado según los códigos de la API.
export default {
  'page.skip': 'Saltar al contenido',
  'page.language': 'Idioma',
  'page.privacy': 'Política de privacidad',
  'page.sign_out': 'Cerrar sesión',

  'form.busy': 'Un momento…',
  'form.empty': 'Rellene este campo.',
  'form.optional': '(opcional)',
  'form.problem': 'Todavía no ha sido posible:',
  'form.save': 'Guardar',
  'form.saved': 'Guardado.',

  'field.address': 'Correo electrónico',
  'field.password': 'Contraseña',
  'field.your_name': 'Su nombre',

  'password.show': 'Mostrar',

  'level.admin': 'administrador',
  'level.member': 'miembro del personal',

  'error.unknown': 'Algo ha fallado por nuestra parte. No se ha perdido nada; inténtelo de nuevo en unos minutos.',
  'error.offline': 'No ha llegado respuesta. Compruebe su conexión e inténtelo de nuevo; nada se hará dos veces.',
  'error.internal': 'Algo ha fallado por nuestra parte. Inténtelo de nuevo en unos minutos.',
  'error.try_again': 'El servicio está ocupado. Inténtelo de nuevo en un momento.',
  'error.still_running': 'Su petición anterior sigue en curso. Espere un momento e inténtelo de nuevo.',
  'error.too_many_requests': 'Demasiados intentos. Espere unos {minutes} min e inténtelo de nuevo.',
  'error.sign_in_required': 'Su sesión ha terminado. Iníciela de nuevo para continuar.',
  'error.not_allowed': 'No tiene permiso para hacerlo. Pídalo a un administrador de su empresa.',
  'error.not_found': 'Ya no está aquí. Vuelva atrás y cargue de nuevo la lista.',
  'error.changed_meanwhile': 'Alguien lo ha cambiado entretanto. Cárguelo de nuevo y repita su cambio.',
  'error.invalid': 'No se acepta este valor. Revíselo e inténtelo de nuevo.',
  'error.address_malformed': 'No es una dirección de correo completa. Escríbala como nombre@example.com.',
  'error.address_unsupported': 'No se puede enviar correo a direcciones con caracteres especiales antes de la @. Use otra dirección.',
  'signin.forgot': '¿Ha olvidado su contraseña?',
  'error.sign_in_failed': 'La dirección y la contraseña no coinciden. Compruebe ambas o pida una contraseña nueva.',
  'error.deactivated': 'Este inicio de sesión está desactivado. Consulte a la empresa.',
  'error.name_malformed': 'Un nombre tiene de 1 a 80 caracteres, sin enlaces ni saltos de línea.',
};
