// Staff, and inviting more.
export default {
  'level.none': 'no longer staff',
  'team.level': 'Level',
  'team.level_of': 'Level of {name}',
  'team.change': 'Change',
  'team.reset': 'Reset the second factor',
  'team.reset_of': 'Reset the second factor of {name}',
  'team.was_reset': '{name} signs in with the password alone, and has been told by mail.',
  'team.change_of': 'Change the level of {name}',
  'team.changed': 'The level of {name} is changed.',
  'team.deactivated': 'Deactivated',
  'team.invite': 'Invite to the team',
  'team.send': 'Send the invitation',
  'team.invited': '{address} is invited.',
};
