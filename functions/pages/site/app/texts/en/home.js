// The member's home.
export default {
  'home.home': 'Home',
  'home.me': 'Profile',
  'home.menu': 'Portal menu',
  'home.hello': 'Hello, {name}',
  'home.portal': 'Portal',
  'home.account': 'Account',
  'home.role': 'Role',
  'home.ask': 'Whom to ask',
  'home.invited_by': 'Who invited you',
  'home.signed_in': 'Signed in as',
  'home.console': 'Open the console for staff',
  'home.accounts': 'Your accounts',
  'home.in_use': 'In use',
  'home.use': 'Change',
  'home.use_account': 'Change to {account}',
  'home.switched': 'You now use {account}.',
};
