// An invitation opened by somebody who is signed in as somebody else: both addresses, and nothing is spent whatever is
// chosen.

import {html} from '../lib/preact.js';
import {remove} from './api.js';
import {t} from './i18n.js';
import {Press, Screen} from './page.js';

export function Other({invitation, again}) {
  const swap = async () => {
    await remove(`/workspaces/${invitation.workspace}/sessions/current`).catch(() => {});
    await again();
  };
  return html`<${Screen} title=${t('other.title')} firm=${invitation.firm}>
    <p>${t('other.about', {mine: invitation.signed_in.address, theirs: invitation.address})}</p>
    <div class="actions">
      <${Press} kind="main" act=${swap} label=${t('other.switch', {address: invitation.address})} busy=${t('form.busy')} />
      <a class="quiet" href=${invitation.portal_url}>${t('other.stay', {address: invitation.signed_in.address})}</a>
    </div><p class="hint">${t('other.safe')}</p></${Screen}>`;
}
