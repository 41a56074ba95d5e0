// What access for everybody of some accounts would come to, by its dry run.

import {html} from '../lib/preact.js';
import {Form} from './form.js';
import {number, t} from './i18n.js';
import {Screen} from './page.js';
import {word} from './staffparts.js';
import {Counts, good, why} from './verdicts.js';

export function Tried({tried, form, context, back}) {
  const count = Object.entries(tried.counts).reduce((sum, [verdict, some]) => sum + (good.includes(verdict) ? some : 0), 0);
  const bad = tried.contacts - count;
  const second = html`<button type="button" class="quiet" onClick=${back}>${t('deed.back')}</button>`;
  return html`<${Screen} title=${t('everybody.preview')} firm=${context.firm}>
    <p>${t('everybody.contacts', {count: tried.contacts, number: number(tried.contacts)})} ${tried.more && t('everybody.more')}</p>
    <${Counts} counts=${tried.counts} />
    ${bad > 0 && html`<h2>${t('everybody.left_out', {count: bad})}</h2><ul class="rows">${tried.lines.map((line) => html`<li><span>
      <a href=${`#/contact/${line.contact}`}>${line.name || line.address || t('contacts.contact')}</a> <span class="badge bad">${word('verdict', line.verdict)}</span>
      <span class="soft">${why(line)}</span></span></li>`)}</ul>${bad > tried.lines.length && html`<p>${t('import.first', {number: number(tried.lines.length)})}</p>`}`}
    ${count > 0 ? html`<${Form} form=${form} label=${t(`everybodystart.${form.values.access}`)} second=${second} />` : html`<p>${second}</p>`}</${Screen}>`;
}
