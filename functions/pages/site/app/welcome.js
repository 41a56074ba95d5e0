// The step after accepting or joining: language, time format, zone and country, then home.

import {html} from '../lib/preact.js';
import {get, patch} from './api.js';
import {Form, useForm} from './form.js';
import {choose, language, t} from './i18n.js';
import {Places, startOf} from './profile.js';

/** Reads what is known about the person who has just joined. */
export const arrived = (workspace) => get(`/workspaces/${workspace}/sessions/current`);

export function Welcome({workspace, person, done}) {
  const start = {...startOf(person.identity.profile, person.workspace), language};
  const form = useForm(start, async (profile) => {
    await patch(`/workspaces/${workspace}/me`, {profile});
    if (profile.language !== language) await choose('', profile.language);
    done();
  });
  return html`<p>${t('welcome.about')}</p><${Form} form=${form} label=${t('welcome.submit')}><${Places} form=${form} /></${Form}>`;
}
