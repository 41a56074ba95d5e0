// Parts that several views of the console share: marks of state, names of things, the question before a deed.

import {html, useLayoutEffect, useRef} from '../lib/preact.js';
import {has, nameOf, t} from './i18n.js';

const looks = {
  accepted: 'good', delivered: 'good', open: 'good', pending: 'plain', queued: 'plain', sent: 'plain', delayed: 'warn', expired: 'warn',
  full: 'warn', over: 'warn', not_yet: 'warn', declined: 'bad', bounced: 'bad', complained: 'bad', suppressed: 'bad', failed: 'bad',
  cancelled: 'plain', off: 'plain',
};

/** A state as a coloured word; the word alone says it all. */
export const Mark = ({of, area}) => of && html`<span class="badge ${looks[of] || 'plain'}">${word(area, of)}</span>`;

/** The text of a code from the API, or the code where no text is known. */
export const word = (area, code) => (has(`${area}.${code}`) ? t(`${area}.${code}`) : code);

/** The name of what the API gave as an object or as an id. */
export function called(thing, list) {
  const found = typeof thing === 'string' ? list.find((one) => one.id === thing) : thing;
  return found?.title || found?.name || found?.id || thing || '';
}

export const languageName = (code) => (code ? nameOf('language', code) : '');

/** A dialog that holds the focus until it is answered; Escape closes it. */
export function Dialog({title, close, children}) {
  const box = useRef();
  useLayoutEffect(() => { box.current.showModal(); }, []);
  return html`<dialog ref=${box} aria-labelledby="dialog" onClose=${close}><h2 id="dialog">${title}</h2>${children}</dialog>`;
}
