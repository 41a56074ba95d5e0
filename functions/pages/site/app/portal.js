// /p/{portal}: signing in by the portal's name, then the member's home.

import {html} from '../lib/preact.js';
import {get, onSignedOut, post, remove} from './api.js';
import {language, settle, speak, t} from './i18n.js';
import {Frame, Press, Screen, homeOf, redraw, show} from './page.js';

const name = decodeURIComponent(location.pathname.split('/')[2] || '');
const page = {portal: null, person: null, view: null};

function Portal() {
  const {portal, person, view} = page;
  return html`<${Frame} firm=${portal?.firm} known=${person?.identity.profile.language || portal?.language}>${view?.()}</${Frame}>`;
}

const go = (view) => { page.view = view; redraw(); };

async function load() {
  try {
    page.portal ||= await get(`/portals/${encodeURIComponent(name)}`);
  } catch (problem) {
    return failed(problem);
  }
  const {workspace} = page.portal;
  try {
    page.person = await get(`/workspaces/${workspace}/sessions/current`);
  } catch (problem) {
    if (problem.status !== 401) return failed(problem);
    page.person = null;
  }
  const known = page.person?.identity.profile.language || page.portal.language;
  await speak(known, 'shared', page.person?.grant ? 'home' : 'signin');
  return page.person ? enter() : signIn();
}

async function failed(problem) {
  await speak(page.portal?.language, 'shared', 'visit');
  const {Failed} = await import('./over.js');
  go(() => html`<${Failed} key=failed problem=${problem} again=${load} place firm=${page.portal?.firm} />`);
}

async function signIn() {
  const {SignIn} = await import('./signin.js');
  const {workspace, title, firm} = page.portal;
  go(() => html`<${Screen} key=signin title=${title} firm=${firm}>
    <${SignIn} workspace=${workspace} portal=${name} done=${arrive} /></${Screen}>`);
}

/** After signing in: here, unless what this person may enter is somewhere else. */
async function arrive(answer) {
  const home = homeOf({...answer, portal: answer.portal || name}, page.portal.workspace);
  if (home !== location.pathname) location.assign(home);
  else await load();
}

/** Shows the home; somebody whose grant in use is of another portal changes to the one of this address first. */
async function enter() {
  const {person, portal} = page;
  const {zone, time_format: timeFormat} = {...portal, ...filled(person.identity.profile)};
  settle(zone, timeFormat);
  if (person.grant?.portal.name !== name) {
    const grant = person.grants?.find((one) => one.portal.name === name);
    if (!grant) {
      await speak(language, 'signin');
      return go(elsewhere);
    }
    await post(`/workspaces/${portal.workspace}/sessions/current/switch`,
      {account: grant.account.id, contact: grant.contact.id, portal: grant.portal.id, cookie: true});
    return load();
  }
  const {Home} = await import('./home.js');
  return go(() => html`<${Home} key=home person=${page.person} portal=${portal} reload=${load} />`);
}

const filled = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

/** Signed in, but not to this portal: say where to go instead. */
function elsewhere() {
  const {person: {identity, grants = []}, portal} = page;
  return html`<${Screen} key=elsewhere title=${portal.title} firm=${portal.firm}>
    <p>${t('signin.elsewhere', {address: identity.address})}</p>
    <ul>
      ${identity.level && html`<li><a href=${`/console/${portal.workspace}`}>${t('signin.staff')}</a></li>`}
      ${grants.map((grant) => html`<li><a href=${`/p/${grant.portal.name}`}>${grant.portal.title}</a></li>`)}
    </ul>
    <${Press} act=${leave} label=${t('page.sign_out')} /></${Screen}>`;
}

async function leave() {
  await remove(`/workspaces/${page.portal.workspace}/sessions/current`).catch(() => {});
  await load();
}

onSignedOut(() => { if (page.person) load(); });
await load();
show(Portal);
