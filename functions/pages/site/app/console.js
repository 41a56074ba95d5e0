// /console/{workspace}: what staff see. Signing in, then one view per hash, each loaded when it is first needed.

import {html} from '../lib/preact.js';
import {get, isOut, onSignedOut, remove} from './api.js';
import {also, settle, speak, t} from './i18n.js';
import {Frame, Menu, Press, homeOf, redraw, say, show} from './page.js';
import {whole} from './whole.js';

const frame = ['shared', 'console']; // the areas of texts of what stands around every view

// Each view with its module and the areas of texts it needs beyond the frame's. size_test.go weighs each line.
const views = {
  invitations: [() => import('./invitations.js'), 'list', 'reasons'],
  invitation: [() => import('./invitation.js'), 'list', 'reasons', 'staff', 'invitation', 'deeds'],
  invite: [() => import('./invite.js'), 'staff', 'sending', 'invite'],
  import: [() => import('./import.js'), 'staff', 'sending', 'import'],
  pending: [() => import('./pending.js'), 'list', 'reasons', 'staff', 'narrow', 'pending'],
  members: [() => import('./members.js'), 'list', 'staff', 'narrow', 'grantstates', 'members'],
  links: [() => import('./links.js'), 'list', 'staff', 'links'],
  accounts: [() => import('./accounts.js'), 'list', 'accounts', 'search', 'staff'],
  contacts: [() => import('./contacts.js'), 'list', 'contacts', 'narrow', 'search', 'staff'],
  contact: [() => import('./contact.js'), 'contact', 'search', 'staff'],
  account: [() => import('./account.js'), 'accounts', 'grants', 'grantstates', 'reasons'],
  everybody: [() => import('./everybody.js'), 'staff', 'sending', 'everybody', 'accounts', 'search'],
  portals: [() => import('./portals.js'), 'staff', 'sending', 'portals'],
  team: [() => import('./team.js'), 'staff', 'sending', 'team', 'leave'],
  settings: [() => import('./settings.js'), 'settings', 'sending', 'places'],
  keys: [() => import('./keys.js'), 'staff', 'keys'],
  audit: [() => import('./audit.js'), 'list', 'staff', 'audit'],
  me: [() => import('./me.js'), 'me', 'places', 'password'],
};
const menu = ['invitations', 'pending', 'invite', 'import', 'links', 'members', 'accounts', 'contacts', 'portals', 'team', 'settings', 'keys', 'audit', 'me'];
const forAdmins = ['import', 'settings', 'keys', 'audit'];
const under = {invitation: 'invitations', account: 'accounts', everybody: 'accounts', contact: 'contacts'};

const id = decodeURIComponent(location.pathname.split('/')[2] || '');
const base = `/workspaces/${encodeURIComponent(id)}`;
const page = {firm: null, person: null, context: null, name: '', view: null};

function Console() {
  const {firm, person, name, view} = page;
  const known = person?.identity.profile.language || firm?.language;
  return html`<${Frame} firm=${firm?.firm} look=${firm?.look} known=${known} wide=${Boolean(name)} nav=${name && html`<${Menu} label=${t('console.menu')}
    views=${menu.filter((one) => !forAdmins.includes(one) || page.context?.admin).map((one) => [one, t(`console.${one}`)])}
    now=${under[name] || name} />`}
    end=${person && html`<${Press} act=${leave} label=${t('page.sign_out')} />`}>${view?.()}</${Frame}>`;
}

const go = (view, name = '') => { Object.assign(page, {view, name}); redraw(); };

async function load() {
  try {
    page.firm ||= await get(`${base}/public`);
    page.person = await get(`${base}/sessions/current`).catch((problem) => {
      if (isOut(problem)) return null;
      throw problem;
    });
    const staff = page.person?.identity.level;
    await speak(page.person?.identity.profile.language || page.firm.language, ...frame, ...(staff ? [] : ['signin']));
    if (!page.person) return await signIn();
    if (!staff) return notStaff();
    if (page.person.session.owes) return await owes();
    page.context = await surroundings();
    return await route();
  } catch (problem) {
    return failed(problem);
  }
}

/** Loads all again after something of the firm or the person has changed. */
function afresh() {
  page.firm = null;
  return load();
}

async function failed(problem) {
  await speak(page.firm?.language, 'shared', 'visit');
  const {Failed} = await import('./over.js');
  go(() => html`<${Failed} key=failed problem=${problem} again=${load} place firm=${page.firm?.firm} />`);
}

/** What every view needs: settings, portals and roles, and what this person may do. */
async function surroundings() {
  const {identity} = page.person;
  const [workspace, portals] = await Promise.all([get(base), get(`${base}/portals`)]);
  const roles = await Promise.all(portals.items.map((portal) => whole(`${base}/roles?portal=${portal.id}`)));
  settle(identity.profile.zone || workspace.settings.zone, identity.profile.time_format || workspace.settings.time_format);
  const admin = identity.level === 'admin';
  return {
    base, identity, admin, mayInvite: admin || workspace.settings.members_invite, settings: workspace.settings,
    firm: workspace.name, look: workspace.look, portals: portals.items, roles: roles.flat(), paused: workspace.paused,
  };
}

async function route() {
  if (!page.context) return;
  const {hash} = location;
  const [, name = '', rest] = hash.split('/');
  const known = views[name] ? name : 'invitations';
  const [module, ...areas] = views[known];
  const [{View}] = await Promise.all([module(), speak(page.person.identity.profile.language || page.firm.language, ...areas)]);
  const {context, person} = page;
  const Paused = context.paused && (await Promise.all([import('./paused.js'), also('paused')]))[0].Paused;
  go(() => html`${Paused && html`<${Paused} context=${context} reload=${afresh} />`}<${View} key=${hash} context=${context} id=${rest} person=${person} reload=${afresh} />`, known);
}

async function signIn() {
  const {Door} = await import('./door.js');
  const {firm, portals} = page.firm;
  go(() => html`<${Door} key=signin title=${t('signin.console', {firm})} firm=${firm} workspace=${id} clients=${portals} done=${arrive} />`);
}

async function arrive(answer) {
  if (answer.home === 'portal') location.assign(homeOf(answer, id));
  else await load();
}

/** Signed in, but for something that comes first. */
async function owes() {
  const [{Owes}] = await Promise.all([import('./owes.js'), also('me', 'password', 'factor', 'ways')]);
  go(() => html`<${Owes} key=owes person=${page.person} reload=${load} leave=${leave} />`);
}

async function notStaff() {
  const {Elsewhere} = await import('./door.js');
  const {person: {identity, grants}, firm: {firm}} = page;
  go(() => html`<${Elsewhere} key=notstaff title=${t('signin.console', {firm})} firm=${firm} grants=${grants} leave=${leave}
    about=${t('signin.not_staff', {address: identity.address})} />`);
}

async function leave() {
  await remove(`${base}/sessions/current`).catch(() => {});
  Object.assign(page, {person: null, context: null});
  await load();
}

onSignedOut(async () => {
  if (!page.person) return;
  Object.assign(page, {person: null, context: null});
  await load();
  say(t('error.sign_in_required'));
});
addEventListener('hashchange', route);
await load();
show(Console);
