// A contact as its form holds it, and back: only what was changed is sent.

const plain = ['name', 'address', 'language', 'source', 'external_id'];

export const valuesOf = (contact) => ({
  ...Object.fromEntries(plain.map((name) => [name, contact[name] || ''])), lead: false, portal: '',
  portal_user: Boolean(contact.support?.portal_user), from: contact.support?.from || '', until: contact.support?.until || '',
});

/** The body of the change from one form's values to another's, with the accounts before and after; empty if there is none. */
export function body(before, after, had, has) {
  const changed = {};
  for (const name of plain) if (after[name].trim() !== before[name]) changed[name] = after[name].trim();
  const ids = (accounts) => accounts.map(({id}) => id).sort();
  if (ids(had).join() !== ids(has).join()) changed.accounts = ids(has);
  if (after.lead) changed.lead = true;
  const support = {};
  for (const name of ['portal_user', 'from', 'until']) if (after[name] !== before[name]) support[name] = after[name];
  if (support.portal_user && after.portal) support.portal = after.portal;
  return {...changed, ...(Object.keys(support).length ? {support} : {})};
}

/** The field of the form that a name of the API means. */
export const fieldOf = (name) => name.replace(/^support\./, '').replace(/^support$/, 'portal_user').replace(/^accounts\[.*/, 'accounts');
