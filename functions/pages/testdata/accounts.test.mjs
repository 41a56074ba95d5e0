// The accounts in the console, in both languages: found by state and last sign-in, chosen, and given access or changed together.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {begin, heading, inspect, keyIn, languages, press, signIn, speak, texts, visit} from './browser.mjs';

let system;
let serial = 0;
before(async () => { system = await begin(); });
after(() => system.stop());

const fresh = (name) => `${name}${Date.now()}${++serial}`;

for (const language of languages) {
  describe(`accounts in the console in ${language}`, async () => {
    const text = await texts(language);

    async function enter(options = {}) {
      const visited = await visit(system, `/console/${system.world.workspace}`, {language, width: 320, ...options});
      await speak(visited.page, language);
      await signIn(visited.page, system.world.admin);
      await visited.page.locator('nav').first().waitFor();
      await open(visited.page);
      return visited;
    }
    const open = async (page) => {
      await page.getByRole('link', {name: text('console.accounts'), exact: true}).click();
      await heading(page, text('console.accounts'));
      await page.locator('tbody tr').first().waitFor();
    };
    const shot = async (page, name) => process.env.SHOTS && page.screenshot({path: `${process.env.SHOTS}/${name}-${language}.png`, fullPage: true});

    /** Waits until the page has asked for something. */
    const asks = async (page, done) => { while (!done()) await page.waitForRequest(/accounts/); };

    /** Two accounts with two people each, as an integrator would make them. */
    const peopled = (page, name) => page.evaluate(async ([ws, name]) => {
      const call = async (path, body) => (await fetch(`/v1/workspaces/${ws}${path}`, {method: 'POST', headers: {'Content-Type': 'application/json'},
        body: JSON.stringify(body)})).json();
      for (const which of ['a', 'b']) {
        const {id} = await call('/accounts', {name: `${name} ${which}`});
        await call('/contacts', {name: `Eva ${which}`, address: `${name}.eva.${which}@client.example`, accounts: [id]});
        await call('/contacts', {name: `Mudo ${which}`, accounts: [id]});
      }
    }, [system.world.workspace, name]);

    test('T7, T2 access for everybody of chosen accounts, looked at first, with keys alone at 320 px; then their switches', async () => {
      const {page, calls, close} = await enter();
      const name = fresh('casa');
      await peopled(page, name);
      await press(page, text('accounts.reach'));
      await page.locator('.told p').getByText(text('accounts.select_first')).waitFor();
      await keyIn(page, text('search.account'), name);
      await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2);
      await page.getByLabel(text('list.select_all')).focus();
      await page.keyboard.press('Space');
      await page.getByText(text('accounts.selected', {count: 2}), {exact: true}).waitFor();
      await inspect(page, language);
      await shot(page, 'accounts');
      await press(page, text('accounts.reach'));
      await heading(page, text('console.everybody'));
      await page.getByText(`${name} a`).waitFor();
      await inspect(page, language);
      await shot(page, 'everybody');
      await page.locator('select[name=access]').selectOption('invite');
      await press(page, text('everybody.look'));
      await heading(page, text('everybody.preview'));
      await page.getByRole('heading', {name: text('everybody.left_out', {count: 2})}).waitFor();
      await inspect(page, language);
      await shot(page, 'everybody-dry');
      await page.getByRole('button', {name: text('deed.back')}).click();
      await page.locator('select[name=access]').selectOption('grant');
      await page.getByRole('button', {name: text('everybody.look')}).click();
      await heading(page, text('everybody.preview'));
      await page.getByText(text('everybody.contacts', {count: 4, number: 4})).waitFor();
      await page.getByRole('button', {name: text('everybodystart.grant')}).click();
      await heading(page, text('import.job'));
      await page.getByText(text('jobstate.done'), {exact: true}).locator('visible=true').first().waitFor();
      await inspect(page, language);
      assert.equal(JSON.parse(calls.findLast(({method, path}) => method === 'POST' && path.endsWith('/jobs')).body).access, 'grant');

      await open(page);
      await keyIn(page, text('search.account'), name);
      await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2);
      await page.getByLabel(text('list.select_all')).check();
      await page.getByRole('button', {name: text('switches.change')}).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', {name: text('switches.set')}).click();
      await dialog.locator('.summary').getByText(text('switches.choose')).waitFor();
      await dialog.locator('select[name=notify]').selectOption('off');
      await inspect(page, language);
      await shot(page, 'switches');
      await dialog.getByRole('button', {name: text('switches.set')}).click();
      await page.locator('.told p').getByText(text('switches.done', {count: 2})).waitFor();
      const {body} = calls.findLast(({path}) => path.endsWith('/grants/batch'));
      assert.deepEqual([JSON.parse(body).notify, JSON.parse(body).lines.length], [false, 2]);

      await page.getByRole('link', {name: `${name} a`}).click();
      await heading(page, `${name} a`);
      const first = page.locator('section.card').filter({hasText: 'Eva a'});
      assert.equal(await first.getByLabel(text('switch.notify')).isChecked(), false);
      await inspect(page, language);
      await shot(page, 'account');
      await first.getByLabel(text('switch.sign_in')).focus();
      await page.keyboard.press('Space');
      await first.getByText(text('grantstate.off')).waitFor();
      assert.deepEqual(JSON.parse(calls.findLast(({method}) => method === 'PATCH').body), {sign_in: false});
      await close();
    });

    test('T8, T11 accounts by state and last sign-in; all of them are selected at once', async () => {
      const {page, calls, close} = await enter({width: 1280});
      const name = fresh('sola');
      await peopled(page, name);
      await page.getByLabel(text('column.state')).selectOption('offline');
      await page.getByLabel(text('column.last')).selectOption('never');
      const asked = () => calls.findLast(({method, path}) => method === 'GET' && path.endsWith('/accounts')).query;
      await asks(page, () => /state=offline&signed_in=never/.test(asked()));
      await page.getByLabel(text('column.last')).selectOption('before');
      await page.getByLabel(text('accounts.before')).fill('2020-01-01');
      await page.getByText(text('accounts.none_such')).waitFor();
      await asks(page, () => /state=offline&last_sign_in_before=2020-01-01/.test(asked()));
      await inspect(page, language);
      await page.getByLabel(text('search.account')).fill(name);
      await page.getByRole('link', {name: `${name} a`}).waitFor();
      await asks(page, () => /^name=/.test(asked()));
      await page.getByRole('button', {name: text('accounts.everything')}).click();
      await page.locator('.bulk').getByText(text('accounts.selected', {count: 2})).waitFor();
      await shot(page, 'accounts-wide');
      await page.getByRole('button', {name: text('accounts.nothing')}).click();
      await page.locator('.bulk').getByText(text('accounts.selected', {count: 0})).waitFor();
      await close();
    });
  });
}
