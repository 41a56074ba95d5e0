// One contact in the console, or with the id "new" one to be: the card, access as a portal user, and a lead's conversion.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, patch, post} from './api.js';
import {body, fieldOf, valuesOf} from './contactbody.js';
import {Choice, Tick} from './fields.js';
import {Form, Text, useForm} from './form.js';
import {languages, t} from './i18n.js';
import {Press, Screen, say} from './page.js';
import {Accounts} from './picker.js';
import {explain} from './problem.js';

const blank = {accounts: [], lead: false};

export function View({context, id}) {
  const [contact, setContact] = useState(id === 'new' ? blank : null);
  const [problem, setProblem] = useState(null);
  const load = () => read(context, id).then(setContact, setProblem);
  useEffect(() => { if (id !== 'new') load(); }, []);
  if (problem) return html`<${Screen} key=problem title=${t('contacts.contact')} firm=${context.firm}><p class="summary">${explain(problem)}</p>
    <a href="#/contacts">${t('contacts.back')}</a></${Screen}>`;
  if (!contact) return null;
  const name = contact.name || contact.address || t(id === 'new' ? 'contacts.new' : 'contacts.contact');
  return html`<${Screen} key=${contact.id || 'new'} title=${name} firm=${context.firm}>
      <p><a href="#/contacts">${t('contacts.back')}</a></p>
      ${contact.lead && html`<p><span class="badge plain">${t('contacts.lead')}</span></p>`}
      ${context.admin ? html`<${Card} key=${JSON.stringify(contact)} contact=${contact} context=${context} reload=${load} />`
        : html`<p>${[contact.address, ...contact.accounts.map((one) => one.name)].filter(Boolean).join(' · ')}</p>`}
    </${Screen}>
    ${contact.lead && context.admin && html`<${Conversion} contact=${contact} context=${context} reload=${load} />`}`;
}

/** A contact with its accounts by name. */
async function read({base}, id) {
  const contact = await get(`${base}/contacts/${id}`);
  const accounts = await Promise.all(contact.accounts.map((one) => get(`${base}/accounts/${one}`)));
  return {...contact, accounts: accounts.map(({id: account, name}) => ({id: account, name}))};
}

function Card({contact, context, reload}) {
  const before = valuesOf(contact);
  const [accounts, setAccounts] = useState(contact.accounts);
  const form = useForm(before, async (values) => {
    const changed = body(before, values, contact.accounts, accounts);
    if (contact.id) {
      if (Object.keys(changed).length) await patch(`${context.base}/contacts/${contact.id}`, changed).catch(named);
      await reload();
    } else {
      const made = await post(`${context.base}/contacts`, changed).catch(named);
      location.hash = `#/contact/${made.id}`;
    }
    say(t('form.saved'));
  }, {check: ({name, address}) => (name.trim() || address.trim() ? [] : [{name: 'name', text: t('error.contact_empty')}])});
  return html`<${Form} form=${form} label=${t('form.save')}>
    <${Text} form=${form} name="name" label=${t('column.name')} optional maxlength="80" />
    <${Text} form=${form} name="address" label=${t('field.address')} hint=${contact.id ? t('contacts.address_hint') : ''} optional
      inputmode="email" autocapitalize="none" spellcheck="false" />
    <${Accounts} id="accounts" label=${t('contacts.accounts')} hint=${t('contacts.accounts_hint')} context=${context} chosen=${accounts}
      change=${setAccounts} many />
    ${form.errorOf('accounts') && html`<p class="wrong">${form.errorOf('accounts')}</p>`}
    <div class="columns">
      <${Choice} form=${form} name="language" label=${t('column.language')}
        options=${[['', t('contacts.language_usual')], ...Object.entries(languages).map(([code, name]) => [code, name, code])]} />
      <${Text} form=${form} name="external_id" label=${t('search.external')} hint=${t('search.external_hint')} optional maxlength="128"
        autocapitalize="none" spellcheck="false" />
    </div>
    <${Text} form=${form} name="source" label=${t('contacts.source')} hint=${t('contacts.source_hint')} optional maxlength="200" />
    ${!contact.id && html`<${Tick} form=${form} name="lead" label=${t('contacts.is_lead')} hint=${t('contacts.is_lead_hint')} />`}
    ${context.settings.support_dates && html`<${Support} form=${form} context=${context} />`}</${Form}>`;
}

/** The contact as a portal user, where the firm uses support dates. */
const Support = ({form, context}) => html`<fieldset><legend>${t('contacts.support')}</legend>
  <${Tick} form=${form} name="portal_user" label=${t('contacts.portal_user')} hint=${t('contacts.portal_user_hint')} />
  ${context.portals.length > 1 && html`<${Choice} form=${form} name="portal" label=${t('contacts.portal')}
    options=${[['', t('contacts.portal_none')], ...context.portals.map((portal) => [portal.id, portal.title])]} />`}
  <div class="columns"><${Text} form=${form} name="from" label=${t('contacts.from')} type="date" optional />
    <${Text} form=${form} name="until" label=${t('contacts.until')} type="date" optional /></div>
  <p class="hint">${t('contacts.dates_hint')}</p></fieldset>`;

function Conversion({contact, context, reload}) {
  const [role, setRole] = useState('');
  const roles = context.roles.filter((one) => one.for === 'contacts');
  const convert = async () => {
    await post(`${context.base}/contacts/${contact.id}/convert`, role ? {role} : {});
    await reload();
    say(t('contacts.converted'));
  };
  return html`<section class="card"><h2>${t('contacts.convert')}</h2><p>${t('contacts.convert_about')}</p>
    <div class="field"><label for="role">${t('column.role')}</label><select id="role" onChange=${(event) => setRole(event.currentTarget.value)}>
      ${[['', t('contacts.as_mapped')], ...roles.map((one) => [one.id, one.name])].map(([value, name]) => html`<option value=${value}
        selected=${value === role}>${name}</option>`)}</select></div>
    <p><${Press} kind="main" act=${convert} label=${t('contacts.convert')} busy=${t('form.busy')} /></p></section>`;
}

/** A problem whose fields are called as the form's are. */
function named(problem) {
  throw Object.assign(problem, {errors: problem.errors?.map((error) => ({...error, name: fieldOf(error.name)}))});
}
