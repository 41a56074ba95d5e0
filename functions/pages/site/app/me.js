// A person's own things, member or staff: profile, mail, password and sessions.

import {html} from '../lib/preact.js';
import {patch, post} from './api.js';
import {Tick} from './fields.js';
import {Form, Password, Text, longEnough, useForm} from './form.js';
import {choose, t} from './i18n.js';
import {later} from './later.js';
import {Screen, say, soft} from './page.js';
import {Places, startOf} from './profile.js';
import {Sessions} from './sessions.js';

const Factor = later(() => import('./factor.js'), 'Factor', 'factor', 'ways');
const Service = later(() => import('./leave.js'), 'Service', 'leave');

export function View({person, reload}) {
  const base = `/workspaces/${person.workspace.id}`;
  return html`
    <${Screen} title=${t('me.title')} firm=${person.workspace.name}><${Profile} person=${person} base=${base} reload=${reload} /></${Screen}>
    ${person.grant && html`<${Mail} person=${person} base=${base} reload=${reload} />`}
    <${NewPassword} base=${base} least=${person.workspace.min_password} />
    ${person.identity.level && !person.grant && html`<${Factor} person=${person} base=${base} reload=${reload} /><${Service} person=${person} base=${base} reload=${reload} />`}
    <${Sessions} base=${base} ended=${reload} />`;
}

function Profile({person: {identity, workspace}, base, reload}) {
  const form = useForm({name: identity.name || '', ...startOf(identity.profile, workspace)}, async ({name, ...profile}) => {
    await patch(`${base}/me`, {name: name.trim(), profile});
    await choose('', profile.language);
    await reload();
    say(t('form.saved'));
  }, {needs: ['name']});
  return html`<p class="soft">${soft(identity.address)}</p><${Form} form=${form} label=${t('form.save')}>
    <${Text} form=${form} name="name" label=${t('field.your_name')} autocomplete="name" maxlength="80" />
    <${Places} form=${form} /></${Form}>`;
}

function Mail({person: {identity}, base, reload}) {
  const form = useForm({mails: !identity.profile.quiet}, async ({mails}) => {
    await patch(`${base}/me`, {profile: {quiet: !mails}});
    await reload();
    say(t('form.saved'));
  });
  return html`<section class="card"><h2>${t('me.mail')}</h2><${Form} form=${form} label=${t('form.save')}>
    <${Tick} form=${form} name="mails" label=${t('me.mails')} hint=${t('me.mails_hint')} /></${Form}></section>`;
}

export function NewPassword({base, least, done = () => say(t('me.password_changed'))}) {
  const form = useForm({old: '', new: ''}, async (values) => {
    await post(`${base}/me/password`, {...values, cookie: true});
    form.set('old', '');
    form.set('new', '');
    await done();
  }, {needs: ['old', 'new'], check: longEnough('new', least)});
  return html`<section class="card"><h2>${t('me.password')}</h2><p>${t('me.password_about')}</p>
    <${Form} form=${form} label=${t('me.password_submit')}>
      <${Password} form=${form} name="old" label=${t('me.old')} />
      <${Password} form=${form} name="new" label=${t('field.new_password')} least=${least} />
    </${Form}></section>`;
}
