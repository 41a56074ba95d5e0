// Every page: frame, forms, profile, and what went wrong by the codes of the API.
export default {
  'page.skip': 'Skip to the content',
  'page.language': 'Language',
  'page.privacy': 'Privacy notice',
  'page.sign_out': 'Sign out',

  'form.busy': 'One moment…',
  'form.empty': 'Fill this in.',
  'form.optional': '(optional)',
  'form.problem': 'That did not work yet:',
  'form.save': 'Save',
  'form.saved': 'Saved.',

  'field.address': 'Email address',
  'field.password': 'Password',
  'field.your_name': 'Your name',

  'password.show': 'Show',

  'level.admin': 'administrator',
  'level.member': 'member of staff',

  'error.unknown': 'Something went wrong on our side. Nothing was lost; try again in a few minutes.',
  'error.offline': 'No answer came. Check your connection and try again; nothing is done twice.',
  'error.internal': 'Something went wrong on our side. Try again in a few minutes.',
  'error.try_again': 'The service is busy. Try again in a moment.',
  'error.still_running': 'Your last request is still running. Wait a moment, then try again.',
  'error.too_many_requests': 'Too many tries. Wait about {minutes} min, then try again.',
  'error.sign_in_required': 'You have been signed out. Sign in again to go on.',
  'error.not_allowed': 'You may not do that. Ask an administrator of your firm.',
  'error.not_found': 'That is not here any more. Go back and load the list again.',
  'error.changed_meanwhile': 'Somebody changed this in the meantime. Load it again, then repeat your change.',
  'error.invalid': 'This is not accepted. Check it and try again.',
  'error.address_malformed': 'This is not a whole email address. Write it like name@example.com.',
  'error.address_unsupported': 'Addresses with special characters before the @ cannot be mailed. Use another address.',
  'signin.forgot': 'Forgot your password?',
  'error.sign_in_failed': 'Address and password do not fit together. Check both, or ask for a new password.',
  'error.deactivated': 'This sign-in has been deactivated. Ask the firm.',
  'error.name_malformed': 'A name has 1 to 80 characters, without links or line breaks.',
};
