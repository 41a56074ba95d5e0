// One contact in the console, or with the id "new" or "test" one to be: the card, access as a portal user, a lead's
// conversion, and a test client's removal.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, patch, post} from './api.js';
import {body, fieldOf, valuesOf} from './contactbody.js';
import {Choice, Tick} from './fields.js';
import {Form, Text, useForm} from './form.js';
import {also, languages, t} from './i18n.js';
import {later} from './later.js';
import {Screen, say} from './page.js';
import {Accounts} from './picker.js';
import {explain} from './problem.js';

const Conversion = later(() => import('./contactdeeds.js'), 'Conversion');
const Removal = later(() => import('./contactdeeds.js'), 'Removal');

const blanks = {new: {accounts: [], lead: false}, test: {accounts: [], lead: false, test: true}};

export function View({context, id}) {
  const [contact, setContact] = useState(blanks[id] || null);
  const [problem, setProblem] = useState(null);
  const load = () => read(context, id).then(setContact, setProblem);
  useEffect(() => { if (!blanks[id]) load(); }, []);
  if (problem) return html`<${Screen} key=problem title=${t('contacts.contact')} firm=${context.firm}><p class="summary">${explain(problem)}</p>
    <a href="#/contacts">${t('contacts.back')}</a></${Screen}>`;
  if (!contact) return null;
  const name = contact.name || contact.address || t({new: 'contacts.new', test: 'contacts.test_new'}[id] || 'contacts.contact');
  return html`<${Screen} key=${contact.id || id} title=${name} firm=${context.firm}>
      <p><a href="#/contacts">${t('contacts.back')}</a></p>
      ${contact.test && html`<p><span class="badge plain">${t(contact.leaving ? 'mark.leaving' : 'mark.test')}</span> ${t(contact.leaving
        ? 'contacts.leaving_about' : 'contacts.test_about')}</p>`}
      ${contact.lead && html`<p><span class="badge plain">${t('contacts.lead')}</span></p>`}
      ${context.admin && !contact.leaving ? html`<${Card} key=${JSON.stringify(contact)} contact=${contact} context=${context} reload=${load} />`
        : html`<p>${[contact.address, ...contact.accounts.map((one) => one.name)].filter(Boolean).join(' · ')}</p>`}
    </${Screen}>
    ${contact.lead && context.admin && html`<${Conversion} contact=${contact} context=${context} reload=${load} />`}
    ${contact.test && contact.id && !contact.leaving && context.admin && html`<${Removal} contact=${contact} context=${context} reload=${load} />`}`;
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
    let became = {};
    if (contact.id) {
      if (Object.keys(changed).length) became = await patch(`${context.base}/contacts/${contact.id}`, changed).catch(named);
      await reload();
    } else {
      const made = await post(`${context.base}/contacts`, contact.test ? {...changed, test: true} : changed).catch(named);
      location.hash = `#/contact/${made.id}`;
      if (contact.test) return say(await invited(context, made.id, values.portal));
    }
    say([t('form.saved'), became.support && await sendingOf(became.support)].filter(Boolean).join(' '));
  }, {check: ({name, address}) => {
    if (contact.test && !address.trim()) return [{name: 'address', text: t('error.test_client_without_address')}];
    return name.trim() || address.trim() ? [] : [{name: 'name', text: t('error.contact_empty')}];
  }});
  return html`<${Form} form=${form} label=${t(contact.test && !contact.id ? 'contacts.test_new' : 'form.save')}>
    <${Text} form=${form} name="name" label=${t('column.name')} optional maxlength="80" />
    <${Text} form=${form} name="address" label=${t('field.address')} hint=${hintOf(contact)} optional=${!contact.test} readonly=${Boolean(contact.test && contact.id)}
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
    ${contact.test && !contact.id && context.portals.length > 1 && html`<${Choice} form=${form} name="portal" label=${t('contacts.portal')}
      options=${context.portals.map((portal) => [portal.id, portal.title])} />`}
    ${!contact.id && !contact.test && html`<${Tick} form=${form} name="lead" label=${t('contacts.is_lead')} hint=${t('contacts.is_lead_hint')} />`}
    ${context.settings.support_dates && (contact.id || !contact.test) && html`<${Support} form=${form} context=${context} />`}</${Form}>`;
}

/** What became of the way in of somebody who is let in by what was saved. */
async function sendingOf(support) {
  const [{sent}] = await Promise.all([import('./switch.js'), also('grants', 'reasons')]);
  return sent(support);
}

function hintOf({id, test}) {
  if (test) return t('contacts.test_address_hint');
  return id ? t('contacts.address_hint') : '';
}

/** Invites a test client that was just made, and says what came of it. */
async function invited({base, portals}, contact, portal) {
  const {lines: [line]} = await post(`${base}/invitations`, {portal: portal || portals[0].id, lines: [{contact}]});
  return line.code ? explain({code: line.code, message: line.detail, body: line}) : t('contacts.test_invited');
}

/** The contact as a portal user, where the firm uses support dates. */
const Support = ({form, context}) => html`<fieldset><legend>${t('contacts.support')}</legend>
  <${Tick} form=${form} name="portal_user" label=${t('contacts.portal_user')} hint=${t('contacts.portal_user_hint')} />
  ${context.portals.length > 1 && html`<${Choice} form=${form} name="portal" label=${t('contacts.portal')}
    options=${[['', t('contacts.portal_none')], ...context.portals.map((portal) => [portal.id, portal.title])]} />`}
  <div class="columns"><${Text} form=${form} name="from" label=${t('contacts.from')} type="date" optional />
    <${Text} form=${form} name="until" label=${t('contacts.until')} type="date" optional /></div>
  <p class="hint">${t('contacts.dates_hint')}</p></fieldset>`;

/** A problem whose fields are called as the form's are. */
function named(problem) {
  throw Object.assign(problem, {errors: problem.errors?.map((error) => ({...error, name: fieldOf(error.name)}))});
}
