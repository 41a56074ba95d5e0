// The step for links that do not prove the mailbox: the code that was mailed to the address.

import {html} from '../lib/preact.js';
import {post} from './api.js';
import {Form, Text, useForm} from './form.js';
import {t, when} from './i18n.js';

/** `step` is the answer that announced the code; `done` gets the answer to the right one, `over` is how to begin again. */
export function Code({step, address, done, over}) {
  const form = useForm({code: ''}, async ({code}) => {
    const {workspace, verification, binding} = step;
    try {
      await done(await post('/verifications/confirm', {workspace, verification, binding, code: digits(code), cookie: true}));
    } catch (problem) {
      const left = problem.body?.tries_left;
      if (problem.code !== 'code_wrong' || left === undefined) throw problem;
      throw {errors: [{name: 'code', code: 'code_wrong_left', detail: t('code.left', {count: left})}]};
    }
  }, {needs: ['code'], check: ({code}) => (digits(code).length === 8 ? [] : [{name: 'code', text: t('code.shape')}])});
  return html`<p>${t('code.about', {address})} ${step.expires_at && t('code.until', {when: when(step.expires_at)})}</p>
    <${Form} form=${form} label=${t('code.submit')} second=${html`<button type="button" class="link"
        onClick=${over}>${t('code.again')}</button>`}>
      <${Text} form=${form} name="code" label=${t('code.label')} hint=${t('code.hint')} inputmode="numeric"
        autocomplete="one-time-code" class="code" />
    </${Form}>`;
}

const digits = (text) => text.replace(/\D/g, '');
