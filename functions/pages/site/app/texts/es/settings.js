// Los ajustes de la empresa.
export default {
  'settings.firm': 'La empresa',
  'settings.name': 'Nombre de la empresa',
  'settings.name_hint': 'Así aparece en los correos, en sus asuntos y en los portales.',
  'settings.no_workday': 'Elija al menos un día laborable.',
  'settings.outside': 'Elija un número entero de {least} a {most}.',
};
