// One deed for many.
export default {
  'deed.resend.one': 'Resend 1 invitation?',
  'deed.resend.other': 'Resend {count} invitations?',
  'deed.resend_about': 'Each is mailed again and its validity begins anew. Earlier mails go on working.',
  'deed.resend_done.one': '1 invitation is mailed again.',
  'deed.resend_done.other': '{count} invitations are mailed again.',
  'deed.cancel.one': 'Cancel 1 invitation?',
  'deed.cancel.other': 'Cancel {count} invitations?',
  'deed.cancel_about': 'All its links stop working at once. You can invite again at any time.',
  'deed.cancel_done.one': '1 invitation is cancelled.',
  'deed.cancel_done.other': '{count} invitations are cancelled.',
  'deed.withdraw': 'Withdraw the access too',
  'deed.withdraw_hint': 'Otherwise the access stays granted, and you can send it later.',
};
