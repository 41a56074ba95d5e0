// What became of the people of a list, or would: counted by verdict, and why nothing did.

import {html} from '../lib/preact.js';
import {number} from './i18n.js';
import {word} from './staffparts.js';

export const good = ['ready', 'invited', 'added_to_open', 'offered', 'granted', 'added'];

export const Counts = ({counts = {}}) => html`<ul class="rows counts">${Object.entries(counts).map(([verdict, count]) => html`<li>
  <span><span class="badge ${good.includes(verdict) ? 'good' : 'bad'}">${word('verdict', verdict)}</span></span><span>${number(count)}</span></li>`)}</ul>`;

export function why({code, verdict, detail}) {
  const said = word('reason', code || verdict);
  return said === (code || verdict) ? detail : said;
}
