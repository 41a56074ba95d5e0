// The member's home: the firm and whom to ask, the account in use and the others.

import {html} from '../lib/preact.js';
import {post} from './api.js';
import {t} from './i18n.js';
import {Facts, Press, Screen, say, soft} from './page.js';

export function View({person, portal, reload}) {
  const {identity, grant, grants = [], workspace} = person;
  const base = `/workspaces/${workspace.id}`;
  return html`
    <${Screen} title=${t('home.hello', {name: identity.name || identity.address})} firm=${portal.firm}>
      <${Facts} rows=${[
        [t('home.portal'), grant.portal.title],
        [t('home.account'), grant.account.name],
        [t('home.role'), grant.role.name],
        [t('home.ask'), grant.owner?.address && html`${grant.owner.name && `${grant.owner.name} · `}<a href=${`mailto:${grant.owner.address}`}>${soft(grant.owner.address)}</a>`],
        [t('home.invited_by'), grant.invited_by?.name],
        [t('home.signed_in'), identity.address],
      ]} />
      ${identity.level && html`<a class="quiet" href=${`/console/${workspace.id}`}>${t('home.console')}</a>`}
    </${Screen}>
    ${grants.length > 1 && html`<${Switcher} grants=${grants} base=${base} reload=${reload} />`}`;
}

/** One line per grant; the one in use is marked, the others are a press away. */
function Switcher({grants, base, reload}) {
  const use = async ({account, contact, portal}) => {
    await post(`${base}/sessions/current/switch`, {account: account.id, contact: contact.id, portal: portal.id, cookie: true});
    const path = `/p/${portal.name}`;
    if (path === location.pathname) await reload();
    else location.assign(path);
    say(t('home.switched', {account: account.name}));
  };
  return html`<section class="card"><h2>${t('home.accounts')}</h2><ul class="rows">
    ${grants.map((grant) => html`<li><span>${grant.account.name} <span class="soft">${grant.portal.title} · ${grant.role.name}</span></span>
      ${grant.current ? html`<span class="badge good">${t('home.in_use')}</span>` : html`<${Press} act=${() => use(grant)}
        label=${t('home.use')} aria-label=${t('home.use_account', {account: grant.account.name})} />`}</li>`)}
  </ul></section>`;
}
