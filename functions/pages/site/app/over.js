// Where a link leads that is not open: every state has its own words and its next step.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {t, when} from './i18n.js';
import {Press, Screen} from './page.js';
import {explain} from './problem.js';

/** An invitation that is accepted, declined, cancelled or expired. */
export function Over({invitation, token, refuse}) {
  const {state, firm, inviter_name: inviter = invitation.firm, expires_at: end} = invitation;
  const mayAsk = state === 'expired' || state === 'cancelled';
  return html`<${Screen} title=${t(`over.${state}`)} firm=${firm}>
    <p>${t(`over.${state}_about`, {firm, inviter, when: when(end)})}</p>
    ${state === 'accepted' && html`<p><a class="main" href=${invitation.portal_url}>${t('over.enter')}</a></p>`}
    ${mayAsk && html`<${Ask} token=${token} inviter=${inviter} />`}
    ${state !== 'accepted' && html`<div class="refuse"><${Press} kind="link" act=${() => refuse('optout')}
      label=${t('refuse.optout')} /></div>`}
  </${Screen}>`;
}

/** Asks the inviter for a new link. */
function Ask({token, inviter}) {
  const [result, setResult] = useState(null);
  const ask = async () => {
    try {
      await post('/invitations/renew', {token});
      setResult({sentence: t('over.asked', {inviter})});
    } catch (problem) {
      setResult({sentence: explain(problem), failed: true});
    }
  };
  return html`<div role="status">${result && html`<p class=${result.failed ? 'summary' : 'notice'}>${result.sentence}</p>`}</div>
    ${(!result || result.failed) && html`<${Press} kind="main" act=${ask} label=${t('over.ask')} busy=${t('form.busy')} />`}`;
}

/** A link nobody knows, or with `place` an address, or an answer that did not come. */
export function Failed({problem, again, firm, place}) {
  const unknown = problem.code === 'link_unknown' || problem.status === 404;
  const name = !unknown ? 'over.trouble' : place ? 'over.place' : 'over.unknown';
  return html`<${Screen} title=${t(name)} firm=${firm}>
    <p>${unknown ? t(`${name}_about`) : explain(problem)}</p>
    ${!unknown && html`<${Press} kind="main" act=${again} label=${t('over.again')} busy=${t('form.busy')} />`}
  </${Screen}>`;
}
