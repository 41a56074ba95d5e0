// What a grant comes to.
export default {
  'grantstate.granted': 'Granted, not sent',
  'grantstate.invited': 'Invited',
  'grantstate.active': 'Active',
  'grantstate.not_yet': 'Not yet',
  'grantstate.over': 'Over',
  'grantstate.off': 'Switched off',
};
