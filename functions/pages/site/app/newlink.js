// The form for a new join link.

import {html} from '../lib/preact.js';
import {post} from './api.js';
import {Choice, Tick} from './fields.js';
import {Form, Text, useForm} from './form.js';
import {t} from './i18n.js';
import {Screen} from './page.js';
import {dayStart} from './wall.js';

const start = ({portals}) => ({portal: portals[0]?.id || '', role: '', label: '', from: '', until: '', max_uses: '', domains: '',
  approval: false, create_contact: true});

export function NewLink({context, made, back}) {
  const {zone} = context.settings;
  const form = useForm(start(context), async (values) => {
    const {portal, role, label, from, until, max_uses: most, domains, approval, create_contact} = values;
    const body = {portal, label: label.trim(), approval, create_contact};
    if (role) body.role = role;
    if (from) body.from = dayStart(from, zone);
    if (until) body.until = dayStart(until, zone, 1);
    if (most) body.max_uses = Number(most);
    if (domains.trim()) body.domains = domains.toLowerCase().split(/[\s,;@]+/).filter(Boolean);
    await made(await post(`${context.base}/joinlinks`, body));
  }, {needs: ['label'], check: ({from, until}) => (from && until && until < from ? [{name: 'until', text: t('links.until_wrong')}] : [])});
  const roles = context.roles.filter((role) => role.portal === form.values.portal);
  return html`<${Screen} key=new title=${t('links.create')} firm=${context.firm}>
    <${Form} form=${form} label=${t('links.save')} second=${html`<button type="button" class="quiet" onClick=${back}>${t('deed.back')}</button>`}>
      <${Text} form=${form} name="label" label=${t('links.label')} hint=${t('links.label_hint')} maxlength="80" />
      <div class="columns">
        ${context.portals.length > 1 && html`<${Choice} form=${form} name="portal" label=${t('column.portal')}
          options=${context.portals.map((portal) => [portal.id, portal.title])} />`}
        <${Choice} form=${form} name="role" label=${t('column.role')}
          options=${[['', t('invite.default_role')], ...roles.map((role) => [role.id, role.name])]} />
        <${Text} form=${form} name="from" label=${t('links.from')} type="date" optional />
        <${Text} form=${form} name="until" label=${t('links.last_day')} type="date" optional />
        <${Text} form=${form} name="max_uses" label=${t('links.most')} type="number" min="1" inputmode="numeric" optional />
      </div>
      <${Text} form=${form} name="domains" label=${t('links.domains')} hint=${t('links.domains_hint')} optional autocapitalize="none"
        spellcheck="false" />
      <${Tick} form=${form} name="approval" label=${t('links.approve_first')} />
      <${Tick} form=${form} name="create_contact" label=${t('links.create_contact')} />
    </${Form}></${Screen}>`;
}
