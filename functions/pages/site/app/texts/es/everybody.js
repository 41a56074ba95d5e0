// Access for everybody of chosen accounts.
export default {
  'console.everybody': 'Acceso para toda una cuenta',
  'everybody.about': 'Dé acceso a todos los contactos de las cuentas elegidas, o invítelos, con los mismos ajustes. Nada ocurre antes de que usted vea en qué queda cada uno.',
  'everybody.choose': 'Elegir en la lista de cuentas',
  'everybody.first': '{names} y otras.',
  'everybody.look': 'Revisar antes',
  'everybody.preview': 'Todavía no ha ocurrido nada',
  'everybody.contacts.one': '1 contacto.',
  'everybody.contacts.other': '{number} contactos.',
  'everybody.more': 'Hay más; el trabajo los hará también.',
  'everybody.left_out.one': '1 queda fuera',
  'everybody.left_out.other': '{count} quedan fuera',
  'everybodystart.grant': 'Dar acceso',
  'everybodystart.invite': 'Invitar',
};
