// What lists are narrowed by.
export default {
  'narrow.role': 'Role',
  'narrow.inviter': 'Invited by',
  'contacts.by': 'Search by',
  'contactsby.name': 'Name begins with',
  'contactsby.address': 'Address begins with',
};
