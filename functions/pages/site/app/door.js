// Before one is in: signing in at a portal or a console, and being signed in where one has nothing to enter.

import {html} from '../lib/preact.js';
import {t} from './i18n.js';
import {Press, Screen} from './page.js';
import {SignIn} from './signin.js';

/** `portal` is the name of the one to enter; without it the console is. `clients` are portals that clients may mean instead. */
export const Door = ({title, firm, workspace, portal, codes, least, clients = [], done}) => html`<${Screen} title=${title} firm=${firm}>
  <${SignIn} workspace=${workspace} portal=${portal} codes=${codes} least=${least} done=${done} />
  ${clients.length > 0 && html`<p class="hint">${t('signin.clients')} ${clients.map((one) => html`<a href=${`/p/${one.name}`}>${one.title}</a> `)}</p>`}
</${Screen}>`;

/** Says where `who` may go instead: to the console, if it is theirs, and to the portals of their grants. */
export const Elsewhere = ({title, firm, about, console: own, grants = [], leave}) => html`<${Screen} title=${title} firm=${firm}>
  <p>${about}</p>
  <ul>${own && html`<li><a href=${own}>${t('signin.staff')}</a></li>`}
    ${portals(grants).map((portal) => html`<li><a href=${`/p/${portal.name}`}>${portal.title}</a></li>`)}</ul>
  <${Press} act=${leave} label=${t('page.sign_out')} /></${Screen}>`;

/** Each portal once, however many accounts somebody has there. */
const portals = (grants) => [...new Map(grants.map(({portal}) => [portal.name, portal])).values()];
