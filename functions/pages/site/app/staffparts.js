// Parts that several views of the console share: marks of state and names of things.

import {html} from '../lib/preact.js';
import {has, nameOf, t} from './i18n.js';

const looks = {
  accepted: 'good', delivered: 'good', open: 'good', pending: 'plain', queued: 'plain', sent: 'plain', delayed: 'warn', expired: 'warn',
  full: 'warn', over: 'warn', not_yet: 'warn', declined: 'bad', bounced: 'bad', complained: 'bad', suppressed: 'bad', failed: 'bad',
  cancelled: 'plain', off: 'plain', active: 'good', deactivated: 'bad',
};

/** A state as a coloured word; the word alone says it all. */
export const Mark = ({of, area}) => of && html`<span class="badge ${looks[of] || 'plain'}">${word(area, of)}</span>`;

/** Says of a test client that it is one, or that it is being removed. */
export const Tested = ({of: {test, leaving}}) => test && html` <span class="badge plain">${t(leaving ? 'mark.leaving' : 'mark.test')}</span>`;

/** The text of a code from the API, or the code where no text is known. */
export const word = (area, code) => (has(`${area}.${code}`) ? t(`${area}.${code}`) : code);

/** The name of what the API gave as an object or as an id. */
export function called(thing, list) {
  const found = typeof thing === 'string' ? list.find((one) => one.id === thing) : thing;
  return found?.title || found?.name || found?.id || thing || '';
}

/** Somebody of the staff, as one calls them. */
export const person = ({id, name, address} = {}, {identity}) => name || address || (id === identity.id && identity.address) || t('list.colleague');

export const languageName = (code) => (code ? nameOf('language', code) : '');

/** Roles with their names, and the portals' where there are several: pairs for a choice. */
export const roleNames = ({roles, portals}) => roles.map(({id, name, portal}) => [id, portals.length > 1 ? `${called(portal, portals)} · ${name}` : name]);
