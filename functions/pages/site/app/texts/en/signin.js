// Signing in, forgotten passwords, and why a right password may not let in.
export default {
  'signin.submit': 'Sign in',
  'signin.busy': 'Signing in…',
  'signin.back': 'Back to sign in',
  'signin.console': 'Console of {firm}',
  'signin.clients': 'You are a client? Sign in here:',
  'signin.not_staff': 'You are signed in as {address}, who is not staff. You can go on here:',
  'signin.elsewhere': 'You are signed in as {address}, who has no access to this portal. You can go on here:',
  'signin.staff': 'Console for staff',
  'forgot.title': 'Forgot your password?',
  'forgot.about': 'Type your address. If it has access here, a mail with a link to set a new password is on its way in a moment.',
  'forgot.submit': 'Send me a link',
  'forgot.sent': 'If that address has access here, we have just mailed it a link. Look in your inbox, also under spam. The link works for a short time only.',
  'error.access_waiting': 'Your password is right. The firm still has to approve your access; you will get a mail.',
  'error.access_not_yet': 'Your access has not begun yet. Come back on its first day.',
  'error.access_ended': 'Your access has ended. Ask the firm to renew it.',
  'error.access_off': 'Your password is right, but your access is switched off. Ask the firm.',
};
