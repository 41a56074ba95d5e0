// The firm's look in the settings: logo, colour, legal footer, privacy notice, and how they come out.

import {html, useLayoutEffect, useRef, useState} from '../lib/preact.js';
import {Problem, patch, put, remove} from './api.js';
import {Area} from './fields.js';
import {Form, Labelled, Text, typed, useForm} from './form.js';
import {t} from './i18n.js';
import {Press, say} from './page.js';
import {explain} from './problem.js';

const most = 64_000; // bytes of a logo: shared/domain/look holds it too
const kinds = 'image/png,image/jpeg,image/webp';

export function Look({context, reload}) {
  const {look = {}} = context;
  const before = {colour: look.colour || '', footer: look.footer || '', privacy_url: look.privacy_url || ''};
  const form = useForm(before, async (values) => {
    const changed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]).filter(([name, value]) => value !== before[name]));
    if (Object.keys(changed).length) await patch(context.base, {look: changed}).catch((problem) => { throw named(problem); });
    await reload();
    say(t('form.saved'));
  });
  return html`<section class="card"><h2>${t('look.title')}</h2><p>${t('look.about')}</p>
    <${Logo} context=${context} logo=${look.logo} reload=${reload} />
    <${Form} form=${form} label=${t('form.save')}>
      <${Labelled} form=${form} name="colour" label=${t('look.colour')} hint=${t('look.colour_hint')} optional control=${(ties) => html`<div class="joined">
        <input type="text" maxlength="7" value=${form.values.colour} onInput=${typed(form, 'colour')} ...${ties} />
        <input type="color" aria-label=${t('look.pick')} value=${ground(form.values.colour)} onInput=${typed(form, 'colour')} /></div>`} />
      <${Area} form=${form} name="footer" label=${t('look.footer')} hint=${t('look.footer_hint')} maxlength="600" rows="4" optional />
      <${Text} form=${form} name="privacy_url" label=${t('look.privacy')} hint=${t('look.privacy_hint')} type="url" inputmode="url" optional />
      <${Preview} firm=${context.firm} logo=${look.logo} values=${form.values} />
    </${Form}></section>`;
}

/** The logo is taken at once, since a file cannot stand in a form that is saved later and loaded again. */
function Logo({context, logo, reload}) {
  const [wrong, setWrong] = useState('');
  const saved = async () => { await reload(); say(t('form.saved')); };
  const choose = async ({currentTarget: box}) => {
    const [file] = box.files;
    if (!file) return;
    setWrong('');
    try {
      if (file.size > most) throw new Problem(422, {code: 'logo_too_large'});
      await put(`${context.base}/logo`, {image: await base64(file)});
      await saved();
    } catch (problem) {
      setWrong(explain(problem));
    } finally {
      box.value = '';
    }
  };
  return html`<div class="field"><label for="logo">${t('look.logo')}</label>
    <p class="hint" id="logo-hint">${t('look.logo_hint')}</p>
    ${wrong && html`<p class="wrong" id="logo-wrong" role="alert">${wrong}</p>`}
    <input type="file" id="logo" accept=${kinds} onChange=${choose} aria-describedby=${wrong ? 'logo-hint logo-wrong' : 'logo-hint'}
      aria-invalid=${wrong ? 'true' : undefined} />
    ${logo && html`<div class="actions"><${Press} act=${async () => { await remove(`${context.base}/logo`); await saved(); }} label=${t('look.remove')} /></div>`}</div>`;
}

/** How a mail comes out, before anything is saved. */
function Preview({firm, logo, values}) {
  const button = useRef();
  const colour = ground(values.colour);
  useLayoutEffect(() => { Object.assign(button.current.style, {background: colour, color: ink(colour)}); }, [colour]);
  return html`<figure><figcaption>${t('look.preview')}</figcaption><div class="sheet">
    ${logo && html`<p><img class="logo" src=${logo} alt=${firm} /></p>`}
    <p><strong>${t('look.sample', {firm})}</strong></p>
    <p><span class="sample" ref=${button}>${t('look.button')}</span></p>
    <hr />${values.footer && html`<p class="lines">${values.footer}</p>`}
    ${values.privacy_url && html`<p class="lines">${t('page.privacy')}: ${values.privacy_url}</p>`}
  </div></figure>`;
}

const ground = (colour) => (/^#[0-9a-f]{6}$/i.test(colour) ? colour : '#1d4ed8');

/** Black or white, whichever contrasts more (WCAG 2.2, "relative luminance"; shared/domain/look decides what mails have). */
function ink(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? '#ffffff' : '#000000';
}

const base64 = (file) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result.split(',')[1] || '');
  reader.onerror = () => failed(new Problem(422, {code: 'logo_malformed'}));
  reader.readAsDataURL(file);
});

/** A problem whose fields are called as the form's are. */
const named = (problem) => Object.assign(problem, {errors: problem.errors?.map((error) => ({...error, name: error.name.replace(/^look\./, '')}))});
