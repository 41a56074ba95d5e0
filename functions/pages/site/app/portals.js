// Portals and roles in the console: which there are, one more, and all that is set up for one.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, post} from './api.js';
import {Form, Text, useForm} from './form.js';
import {number, t} from './i18n.js';
import {later} from './later.js';
import {Facts, Press, Screen, say} from './page.js';
import {explain} from './problem.js';
import {called, word} from './staffparts.js';
import {whole} from './whole.js';

const Roles = later(() => import('./roles.js'), 'Roles');

const most = 5; // portals of a firm, as the API has it

export const View = ({context, id, reload}) => (id ? html`<${Portal} key=${id} context=${context} id=${id} reload=${reload} />`
  : html`<${Portals} context=${context} reload=${reload} />`);

function Portals({context, reload}) {
  const [portals, setPortals] = useState(context.portals);
  const [opening, setOpening] = useState(false);
  const made = async () => {
    setPortals(await whole(`${context.base}/portals`));
    setOpening(false);
    say(t('portals.opened'));
    await reload();
  };
  if (opening) return html`<${NewPortal} context=${context} made=${made} back=${() => setOpening(false)} />`;
  return html`<${Screen} key=list title=${t('console.portals')} firm=${context.firm}><p>${t('portals.about')}</p>
    <ul class="rows">${portals.map((portal) => html`<li><span><a href=${`#/portals/${portal.id}`}>${portal.title}</a>
      <span class="soft">${portal.url}</span></span></li>`)}</ul>
    ${context.admin && portals.length < most && html`<${Press} kind="main" act=${() => setOpening(true)} label=${t('portals.open')} />`}</${Screen}>`;
}

function NewPortal({context, made, back}) {
  const [free, setFree] = useState([]);
  const form = useForm({title: '', name: ''}, async ({title, name}) => {
    setFree([]);
    const body = Object.fromEntries(Object.entries({title: title.trim(), name: name.trim()}).filter(([, value]) => value));
    await made(await post(`${context.base}/portals`, body).catch((problem) => {
      setFree(problem.body?.suggestions || []);
      throw problem;
    }));
  });
  return html`<${Screen} key=new title=${t('portals.open')} firm=${context.firm}>
    <${Form} form=${form} label=${t('portals.save')} second=${html`<button type="button" class="quiet" onClick=${back}>${t('deed.back')}</button>`}>
      <${Text} form=${form} name="title" label=${t('portals.title')} hint=${t('portals.title_hint')} optional maxlength="80" />
      <${Text} form=${form} name="name" label=${t('portals.name')} hint=${t('portals.name_hint')} optional maxlength="40" autocapitalize="none" spellcheck="false" />
      ${free.length > 0 && html`<div class="field" role="group" aria-labelledby="free"><p id="free">${t('portals.free')}</p><div class="actions">
        ${free.map((name) => html`<button type="button" class="quiet" onClick=${() => form.set('name', name)}>${name}</button>`)}</div></div>`}
    </${Form}></${Screen}>`;
}

/** The whole configuration of one. */
function Portal({context, id, reload}) {
  const [all, setAll] = useState(null);
  const [problem, setProblem] = useState(null);
  const load = () => get(`${context.base}/portals/${encodeURIComponent(id)}/summary`).then(setAll, setProblem);
  useEffect(() => { load(); }, []);
  const changed = async () => { await load(); await reload(); };
  if (!all) return html`<${Screen} key=none title=${t('console.portals')} firm=${context.firm}>
    ${problem && html`<p class="summary" role="alert">${explain(problem)}</p>`}</${Screen}>`;
  const {portal, join_links: links, settings, roles} = all;
  return html`<${Screen} key=one title=${portal.title} firm=${context.firm}>
      <${Facts} rows=${[
        [t('portals.address'), html`<a href=${portal.url}>${portal.url}</a>`],
        [t('portals.default'), called(portal.default_role, roles)],
        [t('portals.links'), html`<a href="#/links">${links.more ? t('portals.links_more', {count: number(links.on)}) : number(links.on)}</a>`],
      ]} />
      <h2>${t('portals.settings')}</h2>
      ${settings.paused && html`<p class="notice">${t('portals.paused')}</p>`}
      <${Facts} rows=${[
        [t('portals.validity'), validity(settings.validity)],
        [t('portals.access_by'), word('portalsaccess', settings.access_by)],
        [t('portals.code_sign_in'), yes(settings.code_sign_in)],
        [t('portals.members_invite'), yes(settings.members_invite)],
        [t('portals.own_domains'), settings.own_domains.map((one) => `@${one}`).join(', ')],
      ]} />
      <p><a href="#/portals">${t('portals.all')}</a></p>
    </${Screen}>
    <${Roles} context=${context} all=${all} changed=${changed} />`;
}

const yes = (on) => t(on ? 'portals.yes' : 'portals.no');

/** P14D or PT36H, as people say it. */
function validity(period) {
  const [, count, unit] = /^P(?:T)?(\d+)([DH])$/.exec(period) || [];
  return count ? `${number(Number(count))} ${t(unit === 'D' ? 'invite.days' : 'invite.hours')}` : period;
}
