// Contacts: the people the firm knows.
export default {
  'contacts.about': 'Everybody the firm knows, with access or without.',
  'contacts.none': 'There are no contacts yet. Make one, or invite somebody.',
  'contacts.by_hint': 'Capitals and accents make no difference. With an @ it is the address that is searched for.',
  'contacts.tests': 'Test clients',
  'contacts.no_tests': 'There are no test clients.',
  'contacts.role_hint': 'Who has the role, or was offered it, and may sign in.',
  'contacts.none_in_role': 'Nobody has this role.',
  'contacts.all_leads': 'Select the leads of this page',
  'contacts.leads.one': '1 lead',
  'contacts.leads.other': '{count} leads',
  'contacts.select_first': 'Select at least one lead first.',
  'contacts.convert_many.one': 'Turn 1 lead into a contact?',
  'contacts.convert_many.other': 'Turn {count} leads into contacts?',
  'contacts.converted_many.one': '1 is a contact now.',
  'contacts.converted_many.other': '{count} are contacts now.',
};
