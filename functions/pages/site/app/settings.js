// The firm's own settings: its name, language and place, how invitations go out, when and how much is mailed, sessions.

import {html} from '../lib/preact.js';
import {patch} from './api.js';
import {Form, Text, useForm} from './form.js';
import {t} from './i18n.js';
import {later} from './later.js';
import {Screen, say} from './page.js';
import {Places} from './profile.js';
import {changes, fieldOf, limits, valuesOf, wrong} from './settingsbody.js';

const Look = later(() => import('./look.js'), 'Look', 'look');
const Rest = later(() => import('./settingsrest.js'), 'Rest', 'settingsrest', 'paused', 'staff');

export function View({context, reload}) {
  const before = valuesOf(context);
  const form = useForm(before, async (values) => {
    const body = changes(before, values);
    if (Object.keys(body).length) await patch(context.base, body).catch((problem) => { throw named(problem); });
    await reload();
    say(t('form.saved'));
  }, {needs: ['name', 'at', 'quiet_from', 'quiet_to', ...Object.keys(limits)], check: wrong});
  if (!context.admin) return html`<${Screen} title=${t('console.settings')} firm=${context.firm}><p>${t('error.not_allowed')}</p></${Screen}>`;
  return html`<${Screen} title=${t('console.settings')} firm=${context.firm}><${Form} form=${form} label=${t('form.save')}>
    <section class="part"><h2>${t('settings.firm')}</h2>
      <${Text} form=${form} name="name" label=${t('settings.name')} hint=${t('settings.name_hint')} maxlength="80" />
      <div class="columns"><${Places} form=${form} /></div></section>
    <${Rest} form=${form} context=${context} reload=${reload} />
  </${Form}></${Screen}><${Look} context=${context} reload=${reload} />`;
}

/** A problem whose fields are called as the form's are. */
const named = (problem) => Object.assign(problem, {errors: problem.errors?.map((error) => ({...error, name: fieldOf(error.name)}))});
