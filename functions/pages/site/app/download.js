// The trail as one file, put together of the parts that the API hands out.

import {html, useState} from '../lib/preact.js';
import {part} from './api.js';
import {t} from './i18n.js';
import {Press, say} from './page.js';
import {save} from './save.js';

const most = 100; // parts of 1,000 entries; what is beyond must be asked for by dates; chosen, no evidence

export function Download({base, query}) {
  const [cut, setCut] = useState(false);
  const fetched = async (format) => {
    const parts = [];
    let next = `/v1${base}/audit/export?format=${format}&${query}`;
    for (; next && parts.length < most; ) {
      const {text, next: following} = await part(next);
      parts.push(parts.length && format === 'csv' ? text.slice(text.indexOf('\n') + 1) : text);
      next = following;
    }
    setCut(Boolean(next));
    save(parts, `audit-${new Date().toISOString().slice(0, 10)}.${format}`, format === 'csv' ? 'text/csv' : 'application/x-ndjson');
    say(t('audit.saved'));
  };
  return html`<div class="actions"><${Press} act=${() => fetched('csv')} busy=${t('form.busy')} label=${t('audit.csv')} />
    <${Press} act=${() => fetched('jsonl')} busy=${t('form.busy')} label=${t('audit.jsonl')} /></div>
    <p class="hint">${t('audit.export_hint')}</p>${cut && html`<p class="notice" role="alert">${t('audit.cut')}</p>`}`;
}
