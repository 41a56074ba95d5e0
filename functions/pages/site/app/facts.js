// What the trail notes beside a deed: what it was about, and what was so before and after.

import {html} from '../lib/preact.js';
import {word} from './staffparts.js';

const plain = (text) => text.replace(/_/g, ' ');

/** A value as people say it: who it is of the staff, a state, a level, a word; identifiers, dates and numbers stay as they are. */
const worth = (value, people) => people.find(([one]) => one === value)?.[1]
  || (/^[a-z]+_[0-9a-z]{26}$/.test(value) ? value : plain(word('worth', word('level', word('state', value)))));

export function Facts({ids, before, after, people}) {
  const changed = Object.entries({...before, ...after}).filter(([, value]) => value)
    .map(([field]) => `${plain(word('fact', field))}: ${[before?.[field], after?.[field]].filter(Boolean).map((value) => worth(value, people)).join(' → ')}`);
  return html`<p class="soft">${[...ids, ...changed].filter(Boolean).map((line) => html`<span class="soft">${line}</span>`)}</p>`;
}
