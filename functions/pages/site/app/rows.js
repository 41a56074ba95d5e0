// What an import would do, by its dry run.

import {html} from '../lib/preact.js';
import {number, t} from './i18n.js';
import {word} from './staffparts.js';
import {Counts, good, why} from './verdicts.js';

const shown = 200; // rows of a dry run that are listed; all are counted; chosen, no evidence

export const Tried = ({tried}) => html`<${Counts} counts=${tried.counts} />
  ${tried.accounts > 0 && html`<p>${t('import.accounts', {count: tried.accounts})}</p>`}
  <${Rows} rows=${tried.rows} />`;

/** The rows that need somebody's eyes. */
function Rows({rows}) {
  const bad = rows.filter(({verdict}) => !good.includes(verdict));
  if (!bad.length) return html`<p class="notice">${t('import.all_good')}</p>`;
  return html`<h2>${t('import.look_at', {count: bad.length})}</h2><ul class="rows">${bad.slice(0, shown).map((row) => html`<li><span>
    <strong>${t('import.row', {row: row.row})}</strong> ${row.address} <span class="badge bad">${word('verdict', row.verdict)}</span>
    <span class="soft">${why(row)}</span></span></li>`)}</ul>${bad.length > shown && html`<p>${t('import.first', {number: number(shown)})}</p>`}`;
}
