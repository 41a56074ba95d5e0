// Ways in beside the password alone.
export default {
  'ways.mail_about': 'Type your address. If it has access here, a mail with a code is on its way in a moment.',
  'ways.mail_submit': 'Mail me a code',
  'ways.second': 'Code of the app',
  'ways.second_about': 'Your password is right. Now type the code that your authenticator app shows.',
  'ways.second_hint': 'Or one of your recovery codes.',
  'ways.temporary': 'This is the temporary password. Now choose one of your own; the temporary one will be over.',
  'ways.own': 'Save and enter',
  'ways.lost': 'The password is right. Since it was changed by mail, the app no longer counts: type a recovery code, or ask another administrator to reset your second factor.',
  'ways.recovery': 'Recovery code',
  'ways.short': 'Your password is too short to be used without a second factor. Choose another; then you can go on.',
};
