// The console's frame.
export default {
  'console.menu': 'Console',
  'console.invitations': 'Invitations',
  'console.pending': 'Pending activation',
  'console.invite': 'Invite',
  'console.import': 'Import',
  'console.links': 'Join links',
  'console.team': 'Team',
  'console.me': 'Profile',
  'console.accounts': 'Accounts',
  'console.contacts': 'Contacts',
  'console.settings': 'Settings',
  'console.audit': 'Trail',
  'console.portals': 'Portals and roles',
  'console.keys': 'API keys',
  'list.colleague': 'a colleague',
  'column.address': 'Address',
};
