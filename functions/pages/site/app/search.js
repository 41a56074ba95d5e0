// Searching as one types.

import {html, useEffect, useState} from '../lib/preact.js';

const pause = 250; // milliseconds after the last key before it is asked; chosen, no evidence

/** What is typed, how to change it, and the term it comes to once nobody has typed for a moment. */
export function useTyped(first = '') {
  const [typed, setTyped] = useState(first);
  const [term, setTerm] = useState(first);
  useEffect(() => {
    const timer = setTimeout(() => setTerm(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped, term];
}

/** A box to search in. */
export const Search = ({id, label, hint, typed, type}) => html`<div class="field"><label for=${id}>${label}</label>
  ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
  <input type="search" id=${id} value=${typed} maxlength="254" autocomplete="off" autocapitalize="none" spellcheck="false"
    aria-describedby=${hint ? `${id}-hint` : undefined} onInput=${(event) => type(event.currentTarget.value)} /></div>`;
