// Join links in the console: create, copy, reset, switch off, count of uses; and who asked to join and waits.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, patch, post} from './api.js';
import {Copy} from './copy.js';
import {Dialog} from './dialog.js';
import {Form, useForm} from './form.js';
import {number, t, when} from './i18n.js';
import {later} from './later.js';
import {Facts, Press, Screen, say} from './page.js';
import {useEverybody} from './people.js';
import {explain} from './problem.js';
import {Mark, called, person} from './staffparts.js';
import {Pages} from './turn.js';

const Requests = later(() => import('./requests.js'), 'Requests');
const NewLink = later(() => import('./newlink.js'), 'NewLink', 'sending');

const every = 15_000; // milliseconds between two counts of uses while the page is looked at; chosen, no evidence

export function View({context}) {
  const [list, setList] = useState(null);
  const [cursors, setCursors] = useState(['']);
  const staff = useEverybody(context);
  const [fresh, setFresh] = useState(null);
  const [creating, setCreating] = useState(false);
  const [problem, setProblem] = useState(null);
  const load = async () => {
    const cursor = cursors.at(-1);
    try {
      setList(await get(`${context.base}/joinlinks${cursor && `?cursor=${encodeURIComponent(cursor)}`}`));
      setProblem(null);
    } catch (failed) {
      if (/^cursor_/.test(failed.code)) setCursors(['']);
      else setProblem(failed);
    }
  };
  useEffect(() => {
    load();
    const look = () => { if (!document.hidden) load(); };
    const timer = setInterval(look, every);
    document.addEventListener('visibilitychange', look);
    return () => { clearInterval(timer); document.removeEventListener('visibilitychange', look); };
  }, [cursors]);
  const made = async (answer) => { setCreating(false); setFresh(answer); setCursors(['']); };
  if (creating) return html`<${NewLink} context=${context} made=${made} back=${() => setCreating(false)} />`;
  return html`<${Screen} key=list title=${t('console.links')} firm=${context.firm}>
      <p>${t('links.about')}</p>
      ${problem && html`<p class="summary" role="alert">${explain(problem)}</p>`}
      ${fresh && html`<${Copy} url=${fresh.url} label=${t('links.fresh', {name: nameOf(fresh.joinlink)})} hint=${t('links.fresh_hint')} />`}
      ${context.admin && html`<${Press} kind="main" act=${() => setCreating(true)} label=${t('links.create')} />`}
    </${Screen}>
    <${Requests} context=${context} />
    ${list?.items.map((link) => html`<${Link} key=${link.id} link=${link} context=${context} staff=${staff} reset=${made} reload=${load} />`)}
    ${list?.items.length === 0 && html`<p class="card">${t('links.none')}</p>`}
    ${list && html`<${Pages} next=${list.next} cursors=${cursors} turn=${setCursors} />`}`;
}

/** What a link is called: by its label, else by when it was made. */
const nameOf = ({label, created_at: at}) => label || t('links.unnamed', {when: when(at, true)});

function Link({link, context, staff, reset, reload}) {
  const [asking, setAsking] = useState(false);
  const path = `${context.base}/joinlinks/${link.id}`;
  const form = useForm({}, async () => {
    const answer = await post(`${path}/reset`);
    setAsking(false);
    await reset(answer);
  });
  const toggle = async () => {
    await patch(path, {off: !link.off});
    await reload();
    say(t(link.off ? 'links.on_done' : 'links.off_done'));
  };
  const name = nameOf(link);
  const creator = staff.find(({id}) => id === link.creator);
  return html`<section class="card"><h2>${name} <${Mark} of=${link.state} area="linkstate" /></h2>
    <${Facts} rows=${[
      [t('links.uses'), link.max_uses ? t('links.uses_of', {uses: number(link.uses), most: number(link.max_uses)}) : number(link.uses)],
      [t('column.to'), [called(link.portal, context.portals), called(link.role, context.roles)].filter(Boolean).join(' · ')],
      [t('links.creator'), person(creator || {id: link.creator}, context)],
      [t('links.created'), link.label && when(link.created_at, true)],
      [t('links.from'), link.from && when(link.from, true)],
      [t('links.until'), link.until && when(link.until, true)],
      [t('links.domains'), link.domains?.join(', ')],
      [t('links.approval'), link.approval && t('links.approval_yes')],
    ]} />
    ${context.admin && html`<div class="actions"><${Press} act=${() => setAsking(true)} label=${t('links.reset')} aria-label=${t('links.reset_of', {name})} />
      <${Press} act=${toggle} busy=${t('form.busy')} label=${t(link.off ? 'links.on' : 'links.off')}
        aria-label=${t(link.off ? 'links.on_of' : 'links.off_of', {name})} /></div>`}
    ${asking && html`<${Dialog} title=${t('links.reset_title')} close=${() => setAsking(false)}><p>${t('links.reset_about')}</p>
      <${Form} form=${form} label=${t('links.reset')} second=${html`<button type="button" class="quiet"
        onClick=${() => setAsking(false)}>${t('deed.back')}</button>`} /></${Dialog}>`}</section>`;
}
