// Access for everybody of chosen accounts, or an invitation: one setting for all, a dry run, then a job.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {choice, setChoice} from './choice.js';
import {Area, Choice} from './fields.js';
import {Form, Text, useForm} from './form.js';
import {languages, t} from './i18n.js';
import {later} from './later.js';
import {Screen} from './page.js';
import {Accounts} from './picker.js';

const Tried = later(() => import('./everybodytried.js'), 'Tried', 'verdicts', 'reasons');

const few = 20; // accounts that are named one by one; chosen, no evidence

export function View({context}) {
  const [accounts, setAccounts] = useState(choice());
  const [tried, setTried] = useState(null);
  const choose = (all) => {
    setChoice(all);
    setAccounts(all);
  };
  const form = useForm({access: 'grant', portal: context.portals[0]?.id || '', role: '', language: '', note: '', source: ''}, async (values) => {
    const body = bodyOf(values, accounts);
    if (!tried) return setTried(await post(`${context.base}/jobs/preview`, body));
    const {id} = await post(`${context.base}/jobs`, body);
    setChoice([]);
    location.hash = `#/import/${id}`;
  }, {check: () => (accounts.length ? [] : [{name: '', text: t('accounts.select_first')}])});
  if (!context.admin) return html`<${Screen} title=${t('console.everybody')} firm=${context.firm}><p>${t('error.not_allowed')}</p></${Screen}>`;
  if (tried) return html`<${Tried} key=tried tried=${tried} form=${form} context=${context} back=${() => form.busy || setTried(null)} />`;
  const {values} = form;
  const roles = context.roles.filter(({portal}) => portal === values.portal);
  return html`<${Screen} key=edit title=${t('console.everybody')} firm=${context.firm}>
    <p>${t('everybody.about')}</p><p><a href="#/accounts">${t('everybody.choose')}</a></p>
    <h2>${t('accounts.selected', {count: accounts.length})}</h2>
    ${accounts.length > few && html`<p>${t('everybody.first', {names: accounts.slice(0, 3).map(({name}) => name).join(', ')})}</p>`}
    <${Accounts} id="accounts" label=${t('search.account')} context=${context} chosen=${accounts.length > few ? [] : accounts}
      change=${(all) => choose(accounts.length > few ? [...accounts, ...all] : all)} many />
    <${Form} form=${form} label=${t('everybody.look')}>
      <${Choice} form=${form} name="access" label=${t('import.access')} options=${['grant', 'invite'].map((one) => [one, t(`importaccess.${one}`)])} />
      <div class="columns">
        <${Choice} form=${form} name="portal" label=${t('column.portal')} options=${context.portals.map((portal) => [portal.id, portal.title])} />
        <${Choice} form=${form} name="role" label=${t('column.role')} options=${[['', t('invite.default_role')], ...roles.map((role) => [role.id, role.name])]} />
        <${Choice} form=${form} name="language" label=${t('column.language')}
          options=${[['', t('invite.default_language')], ...Object.entries(languages).map(([code, name]) => [code, name, code])]} /></div>
      ${values.access === 'invite' && html`<${Area} form=${form} name="note" label=${t('invite.note')} hint=${t('invite.note_hint')} optional maxlength="1000" rows="3" />`}
      <${Text} form=${form} name="source" label=${t('invite.source')} hint=${t('invite.source_hint')} optional maxlength="200" />
    </${Form}></${Screen}>`;
}

function bodyOf({access, portal, role, language, note, source}, accounts) {
  const more = {role, language, note: access === 'invite' ? note.trim() : '', source: source.trim()};
  return {accounts: accounts.map(({id}) => id), access, portal, ...Object.fromEntries(Object.entries(more).filter(([, value]) => value))};
}
