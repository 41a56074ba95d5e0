// The controls of forms that few pages have: a longer text, a choice, a tick.

import {html} from '../lib/preact.js';
import {Labelled, typed} from './form.js';

export const Area = ({form, name, label, hint, optional, ...rest}) => html`<${Labelled} form=${form} name=${name} label=${label}
  hint=${hint} optional=${optional} control=${(ties) => html`<textarea value=${form.values[name]}
    onInput=${typed(form, name)} ...${ties} ...${rest} />`} />`;

/** A choice among [value, label, language?] pairs. */
export const Choice = ({form, name, label, hint, options}) => html`<${Labelled} form=${form} name=${name} label=${label}
  hint=${hint} control=${(ties) => html`<select value=${form.values[name]} onChange=${typed(form, name)} ...${ties}>
    ${options.map(([value, text, lang]) => html`<option value=${value} lang=${lang}
      selected=${value === form.values[name]}>${text}</option>`)}</select>`} />`;

export function Tick({form, name, label, hint}) {
  const id = form.idOf(name);
  return html`<div class="field tick"><input type="checkbox" id=${id} checked=${form.values[name]}
      aria-describedby=${hint ? `${id}-hint` : undefined} onChange=${(event) => form.set(name, event.currentTarget.checked)} />
    <div><label for=${id}>${label}</label>${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}</div></div>`;
}
