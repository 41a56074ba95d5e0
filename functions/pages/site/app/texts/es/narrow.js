// What lists are narrowed by.
export default {
  'narrow.role': 'Rol',
  'narrow.inviter': 'Invitó',
  'contacts.by': 'Buscar por',
  'contactsby.name': 'El nombre empieza por',
  'contactsby.address': 'La dirección empieza por',
};
