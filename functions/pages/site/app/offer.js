// What the invited person sees before answering: who invites, to what, until when, where the address came from, and
// the form that accepts.

import {html} from '../lib/preact.js';
import {Form, Password, Text, longEnough, useForm} from './form.js';
import {asked, t, when} from './i18n.js';
import {Facts, Press} from './page.js';

/** The sentence that says who invites to what. */
export function inviteOf({kind, inviter_name: inviter, inviter_at: account, firm, portal}) {
  if (kind === 'staff') return t('offer.staff', {inviter: inviter || firm, firm});
  if (account) return t('offer.colleague', {inviter: inviter || firm, account, portal: portal.title, firm});
  return t(inviter ? 'offer.client' : 'offer.client_firm', {inviter, firm, portal: portal.title});
}

export function Offer({invitation, Member, accept, refuse}) {
  const {firm, note, inviter_name: inviter, newer} = invitation;
  return html`
    ${newer && html`<p class="notice">${t('offer.newer')}</p>`}
    ${note && html`<figure><blockquote>${note}</blockquote><figcaption>${inviter}</figcaption></figure>`}
    <${Facts} rows=${[
      [t('offer.until'), when(invitation.expires_at)],
      [t('offer.accounts'), invitation.accounts?.join(', ')],
      [t('offer.role'), invitation.kind === 'staff' ? t(`level.${invitation.level}`) : ''],
      [t('offer.source'), invitation.source || t(invitation.inviter_at ? 'offer.source_colleague' : 'offer.source_none', {firm, inviter})],
    ]} />
    <${How} invitation=${invitation} Member=${Member} accept=${accept} />
    <div class="refuse">
      <${Press} kind="link" act=${() => refuse('decline')} label=${t('refuse.decline')} />
      <${Press} kind="link" act=${() => refuse('optout')} label=${t('refuse.optout')} />
    </div>`;
}

/** The way in: one press for who is signed in, signing in for who has a password, a new password for the others. */
function How({invitation, Member, accept}) {
  const Way = invitation.signed_in ? Known : Member || New;
  return html`<${Way} invitation=${invitation} accept=${accept} />`;
}

function New({invitation, accept}) {
  const {address, min_password: least, proves_mailbox: proven} = invitation;
  const form = useForm({name: invitation.name || '', password: ''},
    ({name, password}) => accept({name: name.trim(), password, ...asked()}), {needs: ['name', 'password'], check: longEnough('password', least)});
  return html`<h2>${t('offer.new')}</h2><p>${t('offer.new_about')} ${!proven && t('offer.code')}</p>
    <${Form} form=${form} label=${t('offer.accept')} busy=${t('offer.busy')}>
      <${Text} form=${{...form, values: {address}}} name="address" label=${t('field.address')} type="email" readonly
        autocomplete="username" />
      <${Text} form=${form} name="name" label=${t('field.your_name')} autocomplete="name" maxlength="80" />
      <${Password} form=${form} label=${t('field.new_password')} least=${least} />
    </${Form}>`;
}

function Known({invitation, accept}) {
  const form = useForm({}, () => accept({}));
  return html`<p>${t('offer.known', {address: invitation.signed_in.address})}</p>
    <${Form} form=${form} label=${t('offer.accept')} busy=${t('offer.busy')} />`;
}
