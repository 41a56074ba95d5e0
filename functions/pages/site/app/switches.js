// The three switches of access, sign-in, notices and email sync, and its role, for many at once.

import {html, useState} from '../lib/preact.js';
import {post} from './api.js';
import {Dialog} from './dialog.js';
import {Choice} from './fields.js';
import {Form, useForm} from './form.js';
import {t} from './i18n.js';
import {Press, say} from './page.js';
import {roleNames} from './staffparts.js';
import {reason, switches} from './switch.js';

const atOnce = 50; // lines a request; the API takes 100 that leave the contact out, if they come to 1,000 grants

/** `lines` name accounts, or what was granted there, as the API takes them. */
export function Switches({title, lines, context, close, done}) {
  const [refused, setRefused] = useState(null);
  const form = useForm({sign_in: '', notify: '', email_sync: '', role: ''}, async (values) => {
    const role = context.roles.find(({id}) => id === values.role);
    const set = Object.fromEntries(switches.filter((name) => values[name]).map((name) => [name, values[name] === 'on']));
    const about = lines.map((line) => ({...line, ...(role ? {portal: role.portal} : {})}));
    const became = await each(about, (some) => post(`${context.base}/grants/batch`, {lines: some, ...set, ...(role ? {role: role.id} : {})}));
    const bad = became.filter(({verdict}) => verdict === 'refused');
    const unsent = became.flatMap((one) => (one.sent?.code ? one.sent : []));
    done();
    say(t('switches.done', {count: became.filter(({verdict}) => verdict === 'changed').length}));
    if (bad.length || unsent.length) setRefused([['deed.refused', bad], ['switches.unsent', unsent]].filter(([, all]) => all.length));
    else close();
  }, {check: (values) => (Object.values(values).some(Boolean) ? [] : [{name: 'sign_in', text: t('switches.choose')}])});
  if (refused) return html`<${Dialog} key=refused title=${t(refused[0][0], {count: refused[0][1].length})} close=${close}>
    ${refused.map(([title, some], n) => html`${n > 0 && html`<h3>${t(title, {count: some.length})}</h3>`}<ul>${[...Map.groupBy(some, ({code}) => code)].map(([code, all]) => html`<li>${all.length} × ${reason(all[0])}</li>`)}</ul>`)}
    <${Press} kind="main" act=${close} label=${t('deed.close')} /></${Dialog}>`;
  return html`<${Dialog} title=${title} close=${close}><p>${t('switches.about')}</p>
    <${Form} form=${form} label=${t('switches.set')} second=${html`<button type="button" class="quiet" onClick=${close}>${t('deed.back')}</button>`}>
      ${switches.map((name) => html`<${Choice} form=${form} name=${name} label=${t(`switch.${name}`)} hint=${name === 'sign_in' ? t('switches.sign_in_hint') : ''}
        options=${[['', t('switches.leave')], ['on', t('switches.on')], ['off', t('switches.off')]]} />`)}
      <${Choice} form=${form} name="role" label=${t('column.role')} options=${[['', t('switches.leave')], ...roleNames(context)]} />
    </${Form}></${Dialog}>`;
}

/** What became of every line, some lines at a time; fewer where they come to more grants than a request may. */
async function each(lines, send, most = atOnce) {
  const all = [];
  for (let start = 0; start < lines.length; start += most) {
    const some = lines.slice(start, start + most);
    try {
      all.push(...(await send(some)).lines);
    } catch (problem) {
      if (problem.code !== 'too_many_lines' || some.length === 1) throw problem;
      all.push(...await each(some, send, Math.ceil(some.length / 2)));
    }
  }
  return all;
}
