// The member's home: the firm and whom to ask, the account in use, the own profile, mail, password and sessions.

import {html} from '../lib/preact.js';
import {patch, post, remove} from './api.js';
import {Form, Password, Text, Tick, longEnough, useForm} from './form.js';
import {choose, t} from './i18n.js';
import {Facts, Press, Screen, say} from './page.js';
import {explain} from './problem.js';
import {Places, startOf} from './profile.js';
import {Sessions} from './sessions.js';

export function Home({person, portal, reload}) {
  const {identity, grant, grants = [], workspace} = person;
  const base = `/workspaces/${workspace.id}`;
  return html`
    <${Screen} title=${t('home.hello', {name: identity.name || identity.address})} firm=${portal.firm}>
      <${Facts} rows=${[
        [t('home.portal'), grant.portal.title],
        [t('home.account'), grant.account.name],
        [t('home.role'), grant.role.name],
        [t('home.ask'), grant.owner && html`${grant.owner.name} · <a href=${`mailto:${grant.owner.address}`}>${grant.owner.address}</a>`],
        [t('home.invited_by'), grant.invited_by?.name],
        [t('home.signed_in'), identity.address],
      ]} />
      <${Press} act=${() => leave(base, reload)} label=${t('page.sign_out')} />
      ${identity.level && html` <a class="quiet" href=${`/console/${workspace.id}`}>${t('home.console')}</a>`}
    </${Screen}>
    ${grants.length > 1 && html`<${Switcher} grants=${grants} base=${base} reload=${reload} />`}
    <${Profile} person=${person} base=${base} reload=${reload} />
    <${Mail} person=${person} base=${base} reload=${reload} />
    <${NewPassword} base=${base} least=${portal.min_password || 15} />
    <${Sessions} base=${base} ended=${reload} />`;
}

async function leave(base, reload) {
  await remove(`${base}/sessions/current`).catch(() => {});
  await reload();
}

/** One line per grant; the one in use is marked, the others are a press away. */
function Switcher({grants, base, reload}) {
  const use = async ({account, contact, portal}) => {
    try {
      await post(`${base}/sessions/current/switch`, {account: account.id, contact: contact.id, portal: portal.id, cookie: true});
      const path = `/p/${portal.name}`;
      if (path === location.pathname) await reload();
      else location.assign(path);
      say(t('home.switched', {account: account.name}));
    } catch (problem) {
      say(explain(problem));
    }
  };
  return html`<section class="card"><h2>${t('home.accounts')}</h2><ul class="rows">
    ${grants.map((grant) => html`<li><span>${grant.account.name} <span class="soft">${grant.portal.title} · ${grant.role.name}</span></span>
      ${grant.current ? html`<span class="badge good">${t('home.in_use')}</span>` : html`<${Press} act=${() => use(grant)}
        label=${t('home.use')} aria-label=${t('home.use_account', {account: grant.account.name})} />`}</li>`)}
  </ul></section>`;
}

function Profile({person: {identity, workspace}, base, reload}) {
  const form = useForm({name: identity.name || '', ...startOf(identity.profile, workspace)}, async ({name, ...profile}) => {
    await patch(`${base}/me`, {name: name.trim(), profile});
    await choose('', profile.language);
    await reload();
    say(t('form.saved'));
  }, {needs: ['name']});
  return html`<section class="card"><h2>${t('home.profile')}</h2><${Form} form=${form} label=${t('form.save')}>
    <${Text} form=${form} name="name" label=${t('field.your_name')} autocomplete="name" maxlength="80" />
    <${Places} form=${form} /></${Form}></section>`;
}

function Mail({person: {identity}, base, reload}) {
  const form = useForm({mails: !identity.profile.quiet}, async ({mails}) => {
    await patch(`${base}/me`, {profile: {quiet: !mails}});
    await reload();
    say(t('form.saved'));
  });
  return html`<section class="card"><h2>${t('home.mail')}</h2><${Form} form=${form} label=${t('form.save')}>
    <${Tick} form=${form} name="mails" label=${t('home.mails')} hint=${t('home.mails_hint')} /></${Form}></section>`;
}

function NewPassword({base, least}) {
  const form = useForm({old: '', new: ''}, async (values) => {
    await post(`${base}/me/password`, {...values, cookie: true});
    form.set('old', '');
    form.set('new', '');
    say(t('home.password_changed'));
  }, {needs: ['old', 'new'], check: longEnough('new', least)});
  return html`<section class="card"><h2>${t('home.password')}</h2><p>${t('home.password_about')}</p>
    <${Form} form=${form} label=${t('home.password_submit')}>
      <${Password} form=${form} name="old" label=${t('home.old')} />
      <${Password} form=${form} name="new" label=${t('field.new_password')} least=${least} />
    </${Form}></section>`;
}
