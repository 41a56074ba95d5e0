// Ways in beside the password alone.
export default {
  'ways.mail_about': 'Type your address. If it has access here, a mail with a code is on its way in a moment.',
  'ways.mail_submit': 'Mail me a code',
  'ways.second': 'Code of the app',
  'ways.second_about': 'Your password is right. Now type the code that your authenticator app shows.',
  'ways.second_hint': 'Or one of your recovery codes.',
  'ways.temporary': 'You came in with a temporary password. Choose your own before you go on; the temporary one is the password until now.',
};
