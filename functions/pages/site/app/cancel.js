// The question before an invitation is cancelled.

import {html} from '../lib/preact.js';
import {post} from './api.js';
import {Dialog} from './dialog.js';
import {Tick} from './fields.js';
import {Form, useForm} from './form.js';
import {t} from './i18n.js';
import {say} from './page.js';

export function Cancel({path, close, reload}) {
  const form = useForm({withdraw: false}, async (body) => {
    await post(`${path}/cancel`, body);
    close();
    await reload();
    say(t('deed.cancel_done', {count: 1}));
  });
  return html`<${Dialog} title=${t('deed.cancel', {count: 1})} close=${close}><p>${t('deed.cancel_about')}</p>
    <${Form} form=${form} label=${t('detail.cancel')} second=${html`<button type="button" class="quiet" onClick=${close}>${t('deed.back')}</button>`}>
      <${Tick} form=${form} name="withdraw" label=${t('deed.withdraw')} hint=${t('deed.withdraw_hint')} /></${Form}></${Dialog}>`;
}
