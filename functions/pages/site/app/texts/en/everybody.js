// Access for everybody of chosen accounts.
export default {
  'console.everybody': 'Access for whole accounts',
  'everybody.about': 'Give access to every contact of the chosen accounts, or invite them, with the same settings. Nothing happens before you have seen what each comes to.',
  'everybody.choose': 'Choose in the list of accounts',
  'everybody.first': '{names} and others.',
  'everybody.look': 'Look first',
  'everybody.preview': 'Nothing has happened yet',
  'everybody.contacts.one': '1 contact.',
  'everybody.contacts.other': '{number} contacts.',
  'everybody.more': 'There are more; the job will do them too.',
  'everybody.left_out.one': '1 is left out',
  'everybody.left_out.other': '{count} are left out',
  'everybodystart.grant': 'Give access',
  'everybodystart.invite': 'Invite',
};
