// The member's colleagues: inviting somebody of the same account, and whom they invited, each mailed again or taken back.

import {html, useEffect, useState} from '../lib/preact.js';
import {get, post} from './api.js';
import {Form, Text, useForm} from './form.js';
import {t, when} from './i18n.js';
import {Press, Screen, say, soft} from './page.js';
import {explain} from './problem.js';

export function View({person: {workspace, grant}, portal}) {
  const base = `/workspaces/${workspace.id}/colleagues`;
  const [list, setList] = useState({items: []});
  const load = async () => {
    try {
      const items = [];
      for (let next = ''; next !== undefined;) {
        const some = await get(`${base}${next && `?cursor=${encodeURIComponent(next)}`}`);
        items.push(...some.items);
        ({next} = some);
      }
      setList({items, read: true});
    } catch (problem) {
      setList({items: [], problem});
    }
  };
  useEffect(() => { load(); }, []);
  return html`<${Screen} title=${t('colleagues.title')} firm=${portal.firm}>
      <p>${t('colleagues.about', {account: grant.account.name})}</p><${Invite} base=${base} load=${load} /></${Screen}>
    <section class="card"><h2>${t('colleagues.yours')}</h2>
      ${list.problem && html`<p class="summary" role="alert">${explain(list.problem)}</p>`}
      ${list.read && !list.items.length && html`<p>${t('colleagues.none')}</p>`}
      <ul class="rows">${list.items.map((one) => html`<${Colleague} key=${one.contact} one=${one} base=${base} load=${load} />`)}</ul></section>`;
}

function Invite({base, load}) {
  const form = useForm({address: '', name: ''}, async ({address, name}) => {
    await post(base, {address: address.trim(), ...(name.trim() ? {name: name.trim()} : {})});
    form.set('address', '');
    form.set('name', '');
    await load();
    say(t('colleagues.sent', {address: address.trim()}));
  }, {needs: ['address']});
  return html`<${Form} form=${form} label=${t('colleagues.invite')}>
    <${Text} form=${form} name="address" label=${t('field.address')} type="email" autocomplete="off" autocapitalize="none" maxlength="254" />
    <${Text} form=${form} name="name" label=${t('colleagues.name')} autocomplete="off" maxlength="80" optional /></${Form}>`;
}

function Colleague({one, base, load}) {
  const who = one.name || one.address;
  const deed = (what) => async () => {
    await post(`${base}/${one.contact}/${what}`);
    await load();
    say(t(`colleagues.${what}_done`, {who}));
  };
  const open = one.state === 'pending' || one.state === 'expired';
  return html`<li><span>${one.name && html`${one.name} `}<span class="soft">${soft(one.address)} · ${when(one.invited_at, true)}</span></span>
    <span class=${`badge ${one.state === 'accepted' ? 'good' : ''}`}>${t(`colleagues.${one.state}`)}</span>
    ${open && html`<span class="actions"><${Press} act=${deed('resend')} label=${t('colleagues.resend')} aria-label=${t('colleagues.resend_to', {who})} />
      <${Press} act=${deed('cancel')} label=${t('colleagues.cancel')} aria-label=${t('colleagues.cancel_of', {who})} /></span>`}</li>`;
}
