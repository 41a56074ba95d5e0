// A browser for the page tests, and what is asked of every page and state: axe finds nothing in light and dark, nothing
// scrolls sideways at 320 px or at 200 % zoom, no text is missing, no error is thrown, the policy is never broken.
//
// The system is a running one: PAGES_BASE and PAGES_INBOX are its address and that of its browser inbox, as `make run` prints
// them. Each test file works in a workspace of its own.

import {createRequire} from 'node:module';
import {accessSync, constants, readdirSync, readFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import assert from 'node:assert/strict';
import {mail, occupy} from './real.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const require = createRequire(join(root, 'infra/package.json'));
const {chromium} = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const languages = ['en', 'es'];

/** The texts of a language, with values put in: text(key, values). */
export async function texts(language) {
  const areas = readdirSync(new URL(`../site/app/texts/${language}/`, import.meta.url));
  const all = Object.assign({}, ...await Promise.all(areas.map(async (area) => (await import(`../site/app/texts/${language}/${area}`)).default)));
  return (key, values = {}) => {
    const form = 'count' in values ? `${key}.${values.count === 1 ? 'one' : 'other'}` : key;
    assert.ok(all[form] ?? all[key], `no text ${form}`);
    return (all[form] ?? all[key]).replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
  };
}

/** Starts a browser. */
export const launch = () => chromium.launch({executablePath: program('chromium', 'chromium-browser', 'google-chrome'), args: ['--no-sandbox',
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']});

/** Starts a browser and the system to test; `stop` ends both. */
export async function begin() {
  const browser = await launch();
  const {PAGES_BASE: base, PAGES_INBOX: inbox} = process.env;
  assert.ok(base && inbox, 'start a system first: make test-pages does, and sets PAGES_BASE and PAGES_INBOX');
  try {
    return {browser, world: await occupy(base, inbox), stop: () => browser.close()};
  } catch (problem) {
    await browser.close(); // or the test would wait for it
    throw problem;
  }
}

function program(...names) {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const dir of process.env.PATH.split(delimiter)) {
    for (const name of names) {
      try { accessSync(join(dir, name), constants.X_OK); return join(dir, name); } catch { /* look on */ }
    }
  }
  throw new Error('Chromium is missing: apt-get install chromium, or set CHROMIUM to its path.');
}

/** Opens an address in a fresh browser profile and waits for its heading. `calls` collects what the page asks the API. */
export async function visit({browser, world}, path, {language = 'en', width = 390} = {}) {
  const context = await browser.newContext({viewport: {width, height: 844}, locale: language, reducedMotion: 'reduce', baseURL: world.base,
    permissions: ['clipboard-read', 'clipboard-write']});
  const page = await context.newPage();
  const faults = [];
  const calls = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(message.text());
  });
  page.on('request', (request) => {
    const {pathname, search} = new URL(request.url());
    if (pathname.startsWith('/v1/')) calls.push({method: request.method(), path: pathname, query: search.slice(1), key: request.headers()['idempotency-key'], body: request.postData()});
  });
  await page.goto(path);
  await page.locator('h1').waitFor();
  const close = async () => { await context.close(); assert.deepEqual(faults, []); };
  return {page, context, calls, close};
}

/** Holds a page in its present state against everything that is asked of all. */
export async function inspect(page, language) {
  assert.equal(await page.evaluate(() => document.documentElement.lang), language);
  const seen = await page.evaluate(() => document.body.innerText + document.title);
  assert.doesNotMatch(seen, /\b[a-z]+\.[a-z_]+_[a-z_]+\b|\{\w+\}|undefined|\[object/, 'a text is missing');
  assert.equal(await page.locator('h1').count(), 1);
  const before = page.viewportSize();
  for (const [width, height] of [[320, 640], [640, 400], [1280, 800]]) { // 640 × 400 is 1280 × 800 at 200 %
    await page.setViewportSize({width, height});
    const over = await page.evaluate(() => [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1
      && !one.closest('.skip, .unseen, thead')).map((one) => one.outerHTML.slice(0, 120)));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `scrolls sideways at ${width}: ${over[0]}`);
    assert.deepEqual(over, [], `does not fit at ${width}`);
    if (width === 640) continue; // has the layout of 320 px
    await axed(page, `${width} px`, rules);
  }
  await page.emulateMedia({colorScheme: 'dark', reducedMotion: 'reduce'});
  await axed(page, 'dark', ['color-contrast']); // else dark is as light
  await page.setViewportSize(before);
  await page.emulateMedia({colorScheme: 'light', reducedMotion: 'reduce'});
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function axed(page, where, only) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  const found = await page.evaluate((runOnly) => window.axe.run({runOnly, resultTypes: ['violations'], preload: false}), only);
  const violations = found.violations.map(({id, nodes}) => `${where}: ${id}: ${nodes[0].html}: ${nodes[0].failureSummary}`);
  assert.deepEqual(violations, []);
}

/** Presses Tab until what has the focus bears this name; the focus must be visible wherever it rests. */
export async function tabTo(page, name) {
  for (let tries = 0; tries < 400; tries++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const at = document.activeElement;
      const label = at.getAttribute('aria-label') || at.labels?.[0]?.innerText || at.innerText || '';
      const {outlineStyle, outlineWidth} = getComputedStyle(at);
      return {name: label.trim(), still: at === document.body || at.tabIndex < 0, visible: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2};
    });
    if (!focus.still) assert.ok(focus.visible, `the focus on "${focus.name}" does not show`);
    if (focus.name === name || (name instanceof RegExp && name.test(focus.name))) return;
  }
  assert.fail(`the keyboard does not reach "${name}"`);
}

/** Types into the field of this name, by keyboard alone. */
export async function keyIn(page, name, text) {
  await tabTo(page, name);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

export async function press(page, name) {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** Switches the page to a language as people do. */
export async function speak(page, language) {
  await page.locator(`.languages [lang=${language}]`).click();
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}

/** The heading of the present state, once it is the wanted one. */
export const heading = (page, text) => page.getByRole('heading', {level: 1, name: text, exact: true}).waitFor();

/** The code that was last mailed to an address. */
export const mailedCode = ({inbox}, address) => mail(inbox, address, /\b(\d{4}\s?\d{4})\b/);

export async function signIn(page, {address, password}) {
  await page.locator('input[name=address]').fill(address);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
}
