// One deed for many.
export default {
  'deed.resend.one': '¿Reenviar 1 invitación?',
  'deed.resend.other': '¿Reenviar {count} invitaciones?',
  'deed.resend_about': 'Cada una se envía otra vez y su validez empieza de nuevo. Los correos anteriores siguen sirviendo.',
  'deed.resend_done.one': '1 invitación se envía otra vez.',
  'deed.resend_done.other': '{count} invitaciones se envían otra vez.',
  'deed.cancel.one': '¿Cancelar 1 invitación?',
  'deed.cancel.other': '¿Cancelar {count} invitaciones?',
  'deed.cancel_about': 'Todos sus enlaces dejan de servir al instante. Puede invitar de nuevo cuando quiera.',
  'deed.cancel_done.one': '1 invitación está cancelada.',
  'deed.cancel_done.other': '{count} invitaciones están canceladas.',
  'deed.withdraw': 'Retirar también el acceso',
  'deed.withdraw_hint': 'Si no, el acceso sigue concedido y puede enviarlo más tarde.',
};
