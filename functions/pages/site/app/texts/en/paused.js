// Mail that is held back.
export default {
  'paused.title': 'Mail is held back',
  'paused.bounces': 'Since {since}: of {mails} mails of the last days {bad} came back. Look at these addresses in the list and correct them, before the mail service stops all mail of this installation.',
  'paused.complaints': 'Since {since}: of {mails} mails of the last days {bad} were called spam. Think about whom you write to and why, before the mail service stops all mail of this installation.',
  'paused.staff': 'Somebody of your firm has held it back since {since}.',
  'paused.means': 'No reminders go out, and nobody is invited unless you ask for it each time. Passwords and codes still go out.',
  'paused.ask': 'An administrator can let it go.',
  'paused.resume': 'Let the mail go',
  'paused.resumed': 'Mail goes out again.',
  'paused.hold': 'Hold the mail back',
  'paused.hold_about': 'Holds back reminders and invitations until you let them go. Passwords and codes still go out.',
  'paused.held': 'Mail is held back.',
};
