// Lists that are shown a page at a time: turning them over and back.

import {html} from '../lib/preact.js';
import {t} from './i18n.js';
import {Press} from './page.js';

/** `cursors` are those of the pages up to this one, `next` that of the following one, `turn` gets the new ones. */
export function Pages({next, cursors, turn}) {
  if (cursors.length === 1 && !next) return null;
  return html`<nav class="actions" aria-label=${t('list.pages')}>
    ${cursors.length > 1 && html`<${Press} act=${() => turn(cursors.slice(0, -1))} label=${t('list.previous')} />`}
    <span>${t('list.page', {page: cursors.length})}</span>
    ${next && html`<${Press} act=${() => turn([...cursors, next])} label=${t('list.next')} />`}</nav>`;
}
