// Signed in, but something has to be done before anything else.

import {html} from '../lib/preact.js';
import {SetUp} from './factor.js';
import {t} from './i18n.js';
import {NewPassword} from './me.js';
import {Press, Screen} from './page.js';

export function Owes({person, reload, leave}) {
  const base = `/workspaces/${person.workspace.id}`;
  const factor = person.session.owes === 'second_factor';
  return html`<${Screen} title=${t(factor ? 'factor.title' : 'me.password')} firm=${person.workspace.name}>
      ${factor ? html`<p>${t('factor.asked')}</p><${SetUp} path=${`${base}/me/second-factor`} done=${reload} />` : html`<p>${t('ways.short')}</p>`}
    </${Screen}>
    ${!factor && html`<${NewPassword} base=${base} least=${person.workspace.min_password} done=${reload} />`}
    <p><${Press} act=${leave} label=${t('page.sign_out')} /></p>`;
}
