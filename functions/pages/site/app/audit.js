// The trail in the console: what was done, by whom, at which account and when; and as a file.

import {html, useEffect, useState} from '../lib/preact.js';
import {get} from './api.js';
import {Choice} from './fields.js';
import {Form, Text, useForm} from './form.js';
import {t, when} from './i18n.js';
import {later} from './later.js';
import {Screen} from './page.js';
import {explain} from './problem.js';
import {word} from './staffparts.js';
import {Pages} from './turn.js';
import {dayStart} from './wall.js';
import {whole} from './whole.js';

const Download = later(() => import('./download.js'), 'Download');
const Facts = later(() => import('./facts.js'), 'Facts', 'facts');

/** The filters as the API takes them. */
async function asked({actor, account, from, until}, {base, settings: {zone}}) {
  const query = new URLSearchParams();
  if (actor) query.set('actor', actor);
  if (account.trim()) query.set('account', await accountOf(account.trim(), base));
  if (from) query.set('from', dayStart(from, zone));
  if (until) query.set('until', dayStart(until, zone, 1));
  return query.toString();
}

/** The account of a name or of the beginning of one, if there is but one. */
async function accountOf(typed, base) {
  if (typed.startsWith('acc_')) return typed;
  const {items, next} = await get(`${base}/accounts?name=${encodeURIComponent(typed)}`);
  const exact = items.filter(({name}) => name.toLowerCase() === typed.toLowerCase());
  const [one, ...more] = exact.length ? exact : items;
  if (!one || more.length || next) {
    throw Object.assign(new Error(), {errors: [{name: 'account', code: '', detail: t(one ? 'audit.several' : 'audit.no_account')}]});
  }
  return one.id;
}

export function View({context, id}) {
  const [query, setQuery] = useState(id ? `account=${encodeURIComponent(id)}` : '');
  const [cursors, setCursors] = useState(['']);
  const [list, setList] = useState(null);
  const people = usePeople(context);
  const form = useForm({actor: '', account: id || '', from: '', until: ''}, async (values) => {
    setQuery(await asked(values, context));
    setCursors(['']);
  }, {check: wrong});
  useEffect(() => {
    const cursor = cursors.at(-1);
    get(`${context.base}/audit?${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
      .then(setList, (problem) => setList({items: [], problem}));
  }, [query, cursors]);
  if (!context.admin) return html`<${Screen} title=${t('console.audit')} firm=${context.firm}><p>${t('error.not_allowed')}</p></${Screen}>`;
  return html`<${Screen} title=${t('console.audit')} firm=${context.firm}><p>${t('audit.about')}</p>
    <${Form} form=${form} label=${t('audit.show')}><div class="columns">
      <${Choice} form=${form} name="actor" label=${t('audit.who')} options=${[['', t('audit.everybody')], ...people]} />
      <${Text} form=${form} name="account" label=${t('audit.account')} hint=${t('audit.account_hint')} optional />
      <${Text} form=${form} name="from" label=${t('audit.from')} type="date" optional />
      <${Text} form=${form} name="until" label=${t('audit.until')} type="date" optional /></div></${Form}>
    <${Download} base=${context.base} query=${query} />
    ${list?.problem && html`<p class="summary" role="alert">${explain(list.problem)}</p>`}
    ${list && !list.problem && !list.items.length && html`<p class="notice">${t('audit.none')}</p>`}
    <ul class="rows">${list?.items.map((entry) => html`<${Entry} key=${entry.id} entry=${entry} people=${people} />`)}</ul>
    ${list && html`<${Pages} next=${list.next} cursors=${cursors} turn=${setCursors} />`}</${Screen}>`;
}

const wrong = ({actor, account, from, until}) => [
  ...(actor && account.trim() ? [{name: 'account', text: t('audit.one_filter')}] : []),
  ...(from && until && until < from ? [{name: 'until', text: t('audit.until_wrong')}] : []),
];

function Entry({entry: {action, actor, at, account, subject, before, after}, people}) {
  const name = people.find(([one]) => one === actor)?.[1] || (actor.includes('_') ? t('audit.client') : word('actor', actor));
  return html`<li><span><strong>${said(action)}</strong><span class="soft">${name} · ${when(at, true)}</span></span>
    <details><summary>${t('audit.more')}<span class="unseen"> ${said(action)} ${when(at, true)}</span></summary>
      <${Facts} ids=${[subject, account]} before=${before} after=${after} people=${people} /></details></li>`;
}

const said = (action) => word('did', action.replace('.', '_'));

/** Who may have done something: staff and API keys, as [identifier, name]. */
function usePeople({base, admin}) {
  const [people, setPeople] = useState([]);
  useEffect(() => {
    if (!admin) return;
    Promise.all([whole(`${base}/staff`), whole(`${base}/apikeys`)]).then(([staff, keys]) => setPeople([
      ...staff.map(({id, name, address}) => [id, name || address]), ...keys.map(({id, name}) => [id, t('audit.key', {name})])]), () => {});
  }, []);
  return people;
}
