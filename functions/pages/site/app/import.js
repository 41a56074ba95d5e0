// Importing a list in the console: a CSV file, what its columns are, a dry run, then a job with its progress and report.

import {html, useEffect, useState} from '../lib/preact.js';
import {post} from './api.js';
import {Area, Choice} from './fields.js';
import {Form, Labelled, Text, useForm} from './form.js';
import {languages, t} from './i18n.js';
import {later} from './later.js';
import {Screen} from './page.js';

const Jobs = later(() => import('./jobs.js'), 'Jobs', 'jobs', 'verdicts', 'reasons');
const Progress = later(() => import('./jobs.js'), 'Progress', 'jobs', 'verdicts', 'reasons');
const Tried = later(() => import('./rows.js'), 'Tried', 'verdicts', 'reasons');

const columns = ['address', 'name', 'family', 'account', 'role', 'language', 'zone', 'source'];

export function View({context, id}) {
  if (!context.admin) return html`<${Screen} title=${t('console.import')} firm=${context.firm}><p>${t('error.not_allowed')}</p></${Screen}>`;
  return id ? html`<${Progress} key=${id} context=${context} id=${id} />` : html`<${Start} context=${context} />`;
}

function Start({context}) {
  const [tried, setTried] = useState(null);
  const path = `${context.base}/imports`;
  const form = useForm({body: '', access: 'none', portal: context.portals[0]?.id || '', role: '', language: '', source: '', mapping: {}}, async (values) => {
    const query = queryOf(values);
    if (!tried) return setTried(await post(`${path}/preview?${query}`, values.body));
    const {id} = await post(`${path}?${query}`, values.body);
    location.hash = `#/import/${id}`;
  }, {needs: ['body']});
  const {values} = form;
  if (tried) return html`<${Screen} key=tried title=${t('import.preview')} firm=${context.firm}>
    <${Tried} tried=${tried} />
    <${Form} form=${form} label=${t(`importstart.${values.access}`)}
      second=${html`<button type="button" class="quiet" onClick=${() => form.busy || setTried(null)}>${t('invite.back')}</button>`} /></${Screen}>`;
  const roles = context.roles.filter(({portal}) => portal === values.portal);
  const header = headerOf(values.body);
  const read = async ({currentTarget: {files: [file]}}) => {
    if (!file) return;
    form.set('body', await file.text());
    form.set('mapping', {});
  };
  return html`<${Screen} key=edit title=${t('console.import')} firm=${context.firm}><p>${t('import.about')}</p>
    <${Form} form=${form} label=${t('import.look')} busy=${t('form.busy')}>
      <div class="field"><label for="file">${t('import.file')}</label>
        <input type="file" id="file" accept=".csv,text/csv,text/plain" onChange=${read} /></div>
      <${Area} form=${form} name="body" label=${t('import.paste')} hint=${t('import.paste_hint')} rows="6" optional="unsaid" spellcheck="false" autocapitalize="none" />
      ${header.length > 0 && html`<details><summary>${t('import.columns')}</summary><p class="hint">${t('import.columns_hint')}</p><div class="columns">
        ${columns.map((column) => html`<${Column} form=${form} column=${column} header=${header} />`)}</div></details>`}
      <${Choice} form=${form} name="access" label=${t('import.access')} options=${['none', 'grant', 'invite'].map((one) => [one, t(`importaccess.${one}`)])} />
      ${values.access !== 'none' && html`<div class="columns">
        <${Choice} form=${form} name="portal" label=${t('column.portal')} options=${context.portals.map((portal) => [portal.id, portal.title])} />
        <${Choice} form=${form} name="role" label=${t('column.role')} options=${[['', t('invite.default_role')], ...roles.map((role) => [role.id, role.name])]} /></div>`}
      <${Choice} form=${form} name="language" label=${t('column.language')}
        options=${[['', t('invite.default_language')], ...Object.entries(languages).map(([code, name]) => [code, name, code])]} />
      <${Text} form=${form} name="source" label=${t('invite.source')} hint=${t('invite.source_hint')} optional maxlength="200" />
    </${Form}><${Jobs} context=${context} /></${Screen}>`;
}

/** Which column of the file holds something; left alone, the usual names are known. */
function Column({form, column, header}) {
  const choose = (event) => form.set('mapping', {...form.values.mapping, [column]: event.currentTarget.value});
  return html`<${Labelled} form=${form} name=${`column-${column}`} label=${t(`importcolumn.${column}`)} optional="unsaid" control=${(ties) => html`
    <select ...${ties} onChange=${choose}><option value="">${t('import.by_name')}</option>
      ${header.map((name) => html`<option value=${name} selected=${form.values.mapping[column] === name}>${name}</option>`)}</select>`} />`;
}

function queryOf({access, portal, role, language, source, mapping}) {
  const said = Object.fromEntries(Object.entries(mapping).filter(([, name]) => name));
  const all = {access, portal: access === 'none' ? '' : portal, role: access === 'none' ? '' : role, language, source: source.trim(),
    mapping: Object.keys(said).length ? JSON.stringify(said) : ''};
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value));
}

/** The header's cells, to choose from; what counts is how the API reads the file. */
function headerOf(text) {
  const line = text.split(/\r?\n/).find((one) => one.trim() && !/^sep=.$/i.test(one)) || '';
  const delimiter = line.split(';').length > line.split(',').length ? ';' : ',';
  return line.split(delimiter).slice(0, 100).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')).filter(Boolean);
}
