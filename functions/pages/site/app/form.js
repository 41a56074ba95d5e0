// Forms: values, sending once, and errors at the field and in a summary that links to it.

import {html, useLayoutEffect, useRef, useState} from '../lib/preact.js';
import {explain} from './problem.js';
import {t} from './i18n.js';

let forms = 0;

/** The state of a form. `send(values)` does the work; `needs` names the fields that may not be empty; `check` returns more
 *  errors as {name, text}. */
export function useForm(initial, send, {needs = [], check = () => []} = {}) {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState([]);
  const [busy, setBusy] = useState(false);
  const own = useRef({});
  own.current.id ||= `form${++forms}`;
  const submit = async (event) => {
    event.preventDefault();
    if (own.current.running) return;
    const empty = needs.filter((name) => !String(values[name] ?? '').trim()).map((name) => ({name, text: t('form.empty')}));
    const found = empty.length ? empty : check(values);
    setErrors(found);
    if (found.length) return;
    own.current.running = true;
    setBusy(true);
    try {
      await send(values);
    } catch (problem) {
      const fields = problem.errors?.filter((error) => error.name in values) || [];
      setErrors(fields.length
        ? fields.map(({name, code, detail}) => ({name, text: explain({code, message: detail, body: {code}})}))
        : [{name: '', text: explain(problem)}]);
    } finally {
      own.current.running = false;
      setBusy(false);
    }
  };
  return {
    id: own.current.id, values, errors, busy, submit,
    set: (name, value) => setValues((before) => ({...before, [name]: value})),
    idOf: (name) => `${own.current.id}-${name.replace(/\W/g, '-')}`,
    errorOf: (name) => errors.find((error) => error.name === name)?.text,
  };
}

export function Form({form, label, busy, second, children}) {
  return html`<form novalidate onSubmit=${form.submit} aria-busy=${form.busy ? 'true' : undefined}>
    <${Summary} form=${form} />
    ${children}
    <div class="actions"><button class="main" aria-disabled=${form.busy ? 'true' : undefined}>
      ${form.busy ? busy || t('form.busy') : label}</button>${second}</div>
  </form>`;
}

function Summary({form}) {
  const box = useRef();
  useLayoutEffect(() => { if (form.errors.length) box.current.focus(); }, [form.errors]);
  if (!form.errors.length) return null;
  const go = (event, name) => {
    event.preventDefault();
    document.getElementById(form.idOf(name))?.focus();
  };
  return html`<div class="summary" role="alert" tabindex="-1" ref=${box}>
    <p><strong>${t('form.problem')}</strong></p>
    <ul>${form.errors.map(({name, text}) => html`<li>${name
      ? html`<a href=${`#${form.idOf(name)}`} onClick=${(event) => go(event, name)}>${called(form.idOf(name))}${text}</a>` : text}</li>`)}</ul>
  </div>`;
}

/** What a field is called, before what is wrong with it. */
function called(id) {
  const label = document.querySelector(`label[for="${id}"]`)?.firstChild.textContent.trim();
  return label ? `${label}: ` : '';
}

/** Label, hint and error around a control, which gets what it needs to be tied to them. What may stay empty says so,
 *  unless `optional` is "unsaid". */
export function Labelled({form, name, label, hint, optional, after, control}) {
  const id = form.idOf(name);
  const error = form.errorOf(name);
  const notes = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return html`<div class="field">
    <label for=${id}>${label}${optional === true && html` <span class="soft">${t('form.optional')}</span>`}</label>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    ${error && html`<p class="wrong" id=${`${id}-error`}>${error}</p>`}
    ${control({id, name, 'aria-describedby': notes || undefined, 'aria-invalid': error ? 'true' : undefined,
      'aria-required': optional ? undefined : 'true'})}
    ${after}
  </div>`;
}

export const typed = (form, name) => (event) => form.set(name, event.currentTarget.value);

export const Text = ({form, name, label, hint, optional, after, type = 'text', ...rest}) => html`<${Labelled} form=${form}
  name=${name} label=${label} hint=${hint} optional=${optional} after=${after} control=${(ties) => html`<input type=${type}
    value=${form.values[name]} onInput=${typed(form, name)} ...${ties} ...${rest} />`} />`;

/** A password with show and hide; with `least`, a new one, whose length is shown against the rule. */
export function Password({form, name = 'password', label, hint, least}) {
  const [seen, setSeen] = useState(false);
  const count = [...form.values[name]].length;
  const rule = least && html`<div class="length"><meter min="0" max=${least} value=${Math.min(count, least)}
      aria-label=${t('password.length')}></meter>
    <span>${count < least ? t('password.count', {count, least}) : t('password.enough')}</span></div>`;
  return html`<${Labelled} form=${form} name=${name} label=${label} after=${rule}
    hint=${hint || (least && t('password.rule', {least}))} control=${(ties) => html`<div class="joined">
      <input type=${seen ? 'text' : 'password'} value=${form.values[name]} onInput=${typed(form, name)} autocapitalize="none"
        autocomplete=${least ? 'new-password' : 'current-password'} spellcheck="false" ...${ties} />
      <button type="button" class="quiet" aria-pressed=${String(seen)} aria-controls=${ties.id}
        onClick=${() => setSeen(!seen)}>${t('password.show')}</button></div>`} />`;
}

/** The rule the server holds too, checked here first so that nothing is sent in vain. */
export const longEnough = (name, least) => (values) => [...values[name]].length < least
  ? [{name, text: t('error.password_too_short', {least})}] : [];
