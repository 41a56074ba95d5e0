// /p/{portal}: signing in by the portal's name, then the member's home and profile.

import {html} from '../lib/preact.js';
import {get, isOut, onSignedOut, post, remove} from './api.js';
import {also, language, settle, speak, t} from './i18n.js';
import {Frame, Menu, Press, homeOf, redraw, say, show} from './page.js';
import {explain} from './problem.js';

const name = decodeURIComponent(location.pathname.split('/')[2] || '');
const page = {portal: null, person: null, view: null, name: ''};
const frame = ['shared', 'home']; // the areas of texts of what stands around every view

// Each view with its module and the areas of texts it needs beyond the frame's. size_test.go weighs each line.
const views = {
  home: [() => import('./home.js')],
  colleagues: [() => import('./colleagues.js'), 'colleagues'],
  me: [() => import('./me.js'), 'me', 'places', 'password'],
};
/** The views of whoever is signed in: colleagues only where they may be invited. */
const open = () => Object.keys(views).filter((one) => one !== 'colleagues' || page.person?.grant?.invites);

function Portal() {
  const {portal, person, view, name: now} = page;
  return html`<${Frame} firm=${portal?.firm} look=${portal?.look} known=${person?.identity.profile.language || portal?.language}
    nav=${now && html`<${Menu} label=${t('home.menu')} views=${open().map((one) => [one, t(`home.${one}`)])} now=${now} />`}
    end=${person?.grant && html`<${Press} act=${leave} label=${t('page.sign_out')} />`}>${view?.()}</${Frame}>`;
}

const go = (view, now = '') => { Object.assign(page, {view, name: now}); redraw(); };

async function load() {
  try {
    page.portal ||= await get(`/portals/${encodeURIComponent(name)}`);
    await person();
    const known = page.person?.identity.profile.language || page.portal.language;
    await speak(known, ...(page.person?.grant ? frame : ['shared', 'signin']));
    if (page.person?.session.owes) return await owes();
    return page.person ? await enter() : await signIn();
  } catch (problem) {
    return failed(problem);
  }
}

/** Reads who is signed in, if anybody; whose access has not begun or has ended is told so where they sign in. */
async function person() {
  page.shut = null;
  page.person = await get(`/workspaces/${page.portal.workspace}/sessions/current`).catch((problem) => {
    if (!isOut(problem)) throw problem;
    page.shut = problem.status === 403 && problem;
    return null;
  });
}

async function failed(problem) {
  await speak(page.portal?.language, 'shared', 'visit');
  const {Failed} = await import('./over.js');
  go(() => html`<${Failed} key=failed problem=${problem} again=${load} place firm=${page.portal?.firm} />`);
}

async function signIn() {
  const {Door} = await import('./door.js');
  const {workspace, title, firm} = page.portal;
  go(() => html`<${Door} key=signin title=${title} firm=${firm} workspace=${workspace} portal=${name}
    codes=${page.portal.code_sign_in} least=${page.portal.min_password} done=${arrive} />`);
  if (page.shut) say(explain(page.shut));
}

/** After signing in: here, unless what this person may enter is somewhere else. */
async function arrive(answer) {
  const home = homeOf({...answer, portal: answer.portal || name}, page.portal.workspace);
  if (home !== location.pathname) location.assign(home);
  else await load();
}

/** Shows the home; somebody whose grant in use is of another portal changes to the one of this address first. */
async function enter() {
  const {zone, time_format: timeFormat} = {...page.portal, ...filled(page.person.identity.profile)};
  settle(zone, timeFormat);
  const here = page.person.grants?.find((one) => one.portal.name === name);
  if (page.person.grant?.portal.name !== name && here) {
    await post(`/workspaces/${page.portal.workspace}/sessions/current/switch`,
      {account: here.account.id, contact: here.contact.id, portal: here.portal.id, cookie: true});
    await person();
  }
  if (page.person?.grant?.portal.name === name) return route();
  await speak(language, 'signin');
  return elsewhere();
}

async function route() {
  if (page.person?.grant?.portal.name !== name) return;
  const now = open().includes(location.hash.slice(2)) ? location.hash.slice(2) : 'home';
  const [module, ...areas] = views[now];
  const [{View}] = await Promise.all([module(), also(...areas)]);
  const {person: who, portal} = page;
  go(() => html`<${View} key=${now} person=${who} portal=${portal} reload=${load} />`, now);
}

/** Signed in, but for something that comes first. */
async function owes() {
  const [{Owes}] = await Promise.all([import('./owes.js'), also('me', 'password', 'factor', 'ways')]);
  go(() => html`<${Owes} key=owes person=${page.person} reload=${load} leave=${leave} />`);
}

const filled = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

/** Signed in, but not to this portal: say where to go instead. */
async function elsewhere() {
  const {Elsewhere} = await import('./door.js');
  const {person: {identity, grants}, portal: {title, firm, workspace}} = page;
  go(() => html`<${Elsewhere} key=elsewhere title=${title} firm=${firm} grants=${grants} leave=${leave}
    console=${identity.level && `/console/${workspace}`} about=${t('signin.elsewhere', {address: identity.address})} />`);
}

async function leave() {
  await remove(`/workspaces/${page.portal.workspace}/sessions/current`).catch(() => {});
  await load();
}

onSignedOut(async (problem) => {
  if (!page.person) return;
  page.person = null;
  await load();
  say(explain(problem));
});
addEventListener('hashchange', route);
await load();
show(Portal);
