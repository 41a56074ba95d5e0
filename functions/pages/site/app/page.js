// What every page is made of: the frame with firm and language switch, the screen of one state, the line that is read out.

import {html, render, useLayoutEffect, useRef, useState} from '../lib/preact.js';
import {choose, language, languages, onLanguage, t} from './i18n.js';
import {explain} from './problem.js';

let draw = () => {};
let told = {};

/** Shows the page, and again whenever language or a call of `redraw` asks for it. */
export function show(Page) {
  draw = () => render(html`<${Page} />`, document.getElementById('page'));
  onLanguage(draw);
  draw();
}
export const redraw = () => draw();

/** Has a short sentence read out and shown, such as "Saved." */
export function say(sentence) {
  clearTimeout(told.timer);
  told = {sentence, count: (told.count || 0) + 1, timer: setTimeout(() => { told.sentence = ''; draw(); }, 10000)};
  draw();
}

/** Puts the firm's colours in the place of ours: a style sheet's variables, since no markup here may hold a style. */
function dress({link, link_dark: dark, colour, ink} = {}) {
  const {style} = document.documentElement;
  for (const [name, value] of [['--firm', link], ['--firm-dark', dark], ['--brand', colour], ['--ink', ink]]) style.setProperty(name, value || '');
}

export function Frame({firm, look, known, wide, nav, end, children}) {
  useLayoutEffect(() => { dress(look); }, [look]);
  return html`
    <a class="skip" href="#main" onClick=${toMain}>${t('page.skip')}</a>
    <header class="top">
      <p class="firm">${look?.logo ? html`<img class="logo" src=${look.logo} alt="" />`
    : html`<span class="mark" aria-hidden="true">${[...(firm || 'P')][0].toUpperCase()}</span>`}${firm || 'Portero'}</p>
      ${nav}
      <div class="ends"><${Languages} known=${known} />${end}</div>
    </header>
    <main id="main" class=${wide ? 'wide' : ''} tabindex="-1">${children}</main>
    <div role="status" class="told">${told.sentence && html`<p key=${told.count}>${told.sentence}</p>`}</div>
    <footer>${look?.footer && html`<p class="lines">${look.footer}</p>`}
      ${look?.privacy_url && html`<p><a href=${look.privacy_url} rel="noreferrer">${t('page.privacy')}</a></p>`}Portero</footer>`;
}

function toMain(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

function Languages({known}) {
  return html`<ul class="languages" aria-label=${t('page.language')}>
    ${Object.entries(languages).map(([code, name]) => html`<li><button type="button" lang=${code}
      aria-current=${code === language ? 'true' : undefined} onClick=${() => choose(code, known)}>${name}</button></li>`)}
  </ul>`;
}

let first = true;

/** One state of a page: a card with its heading, which gets the focus when it replaces another. */
export function Screen({title, firm, kind = '', children}) {
  const heading = useRef();
  useLayoutEffect(() => {
    if (!first) heading.current.focus();
    first = false;
  }, []);
  useLayoutEffect(() => { document.title = [title, firm].filter(Boolean).join(' · '); });
  return html`<section class="card ${kind}"><h1 tabindex="-1" ref=${heading}>${soft(title)}</h1>${children}</section>`;
}

/** A text in which an address may break at its @, rather than anywhere. */
export const soft = (text) => text.split('@').map((part, place) => (place ? html`@<wbr />${part}` : part));

/** Runs what a press starts; a second press while it runs does nothing, and what goes wrong is said. */
export function Press({act, kind = 'quiet', label, busy, ...rest}) {
  const [running, setRunning] = useState(false);
  const guard = useRef(false);
  const press = async () => {
    if (guard.current) return;
    guard.current = true;
    setRunning(true);
    try {
      await act();
    } catch (problem) {
      say(explain(problem));
    } finally {
      guard.current = false;
      setRunning(false);
    }
  };
  return html`<button type="button" class=${kind} aria-disabled=${running ? 'true' : undefined} onClick=${press} ...${rest}>
    ${running && busy ? busy : label}</button>`;
}

/** The menu of a page with several views, each under its own hash. */
export const Menu = ({label, views, now}) => html`<nav aria-label=${label}><ul>${views.map(([view, name]) => html`<li><a
  href=${`#/${view}`} aria-current=${view === now ? 'page' : undefined}>${name}</a></li>`)}</ul></nav>`;

/** Facts as terms and descriptions; rows without a value are left out. */
export const Facts = ({rows}) => html`<dl>${rows.filter(([, value]) => value)
  .map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

/** Where somebody goes after signing in or accepting. */
export const homeOf = ({home, portal}, workspace) => (home === 'console'
  ? `/console/${workspace}` : `/p/${encodeURIComponent(portal?.name || portal)}`);
