// Choosing a new password.
export default {
  'field.new_password': 'New password',
  'password.length': 'Length of the password',
  'password.rule': 'At least {least} characters. A few words are fine; nothing else is asked.',
  'password.count': '{count} of {least} characters',
  'password.enough': 'Long enough',
  'error.password_too_short': 'The password is too short. Make it longer, for example by one more word.',
  'error.password_too_long': 'The password is too long. Use fewer characters.',
  'error.password_common': 'Many people use this password, so it is easy to guess. Choose another.',
  'error.password_context': 'The password is made from your name, your address or the firm. Choose another.',
  'error.password_repetitive': 'The password repeats the same characters. Choose another.',
  'error.password_malformed': 'The password has characters that cannot be seen. Use letters, digits, signs and spaces.',
};
