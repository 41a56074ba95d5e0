// While the firm's mail is held back: why, what to look at, and letting it go; and, in the settings, holding it back.

import {html} from '../lib/preact.js';
import {patch} from './api.js';
import {number, t, when} from './i18n.js';
import {Press, say} from './page.js';

export function Paused({context, reload}) {
  const {since, reason, count = 0, mails = 0} = context.paused;
  return html`<section class="card wide paused" aria-labelledby="paused"><h2 id="paused">${t('paused.title')}</h2>
    <p>${t(`paused.${reason}`, {since: when(since, true), bad: number(count), mails: number(mails)})} ${t('paused.means')}</p>
    ${context.admin ? html`<${Press} act=${turn(context, reload, false)} label=${t('paused.resume')} />` : html`<p>${t('paused.ask')}</p>`}</section>`;
}

export const Hold = ({context, reload}) => html`<p class="hint">${t('paused.hold_about')}</p>
  <${Press} act=${turn(context, reload, true)} label=${t('paused.hold')} />`;

const turn = (context, reload, paused) => async () => {
  await patch(context.base, {paused});
  await reload();
  say(t(paused ? 'paused.held' : 'paused.resumed'));
};
