// Who has not come yet, in the console and in both languages: sent to, never sent to, sent now, cancelled.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {begin, heading, inspect, languages, press, signIn, speak, texts, visit} from './browser.mjs';

let system;
let serial = 0;
before(async () => { system = await begin(); });
after(() => system.stop());

const fresh = (name) => `${name}${Date.now()}${++serial}`;

for (const language of languages) {
  describe(`who has not come yet in ${language}`, async () => {
    const text = await texts(language);

    async function enter(options = {}) {
      const visited = await visit(system, `/console/${system.world.workspace}`, {language, width: 320, ...options});
      await speak(visited.page, language);
      await signIn(visited.page, system.world.admin);
      await visited.page.locator('nav').first().waitFor();
      return visited;
    }
    const open = async (page) => {
      await page.getByRole('link', {name: text('console.pending'), exact: true}).click();
      await heading(page, text('console.pending'));
      await page.locator('tbody tr').first().waitFor();
    };
    const shot = async (page, name) => process.env.SHOTS && page.screenshot({path: `${process.env.SHOTS}/${name}-${language}.png`, fullPage: true});

    /** Grants somebody access at an account of their own without sending anything, as an integrator would. */
    const granted = (page, name, address) => page.evaluate(async ([ws, name, address]) => {
      const base = `/v1/workspaces/${ws}`;
      const call = async (path, body) => (await fetch(base + path, {method: body ? 'POST' : 'GET', headers: {'Content-Type': 'application/json'},
        body: body && JSON.stringify(body)})).json();
      const portal = (await call('/portals')).items[0].id;
      const account = (await call('/accounts', {name: `Casa ${name}`})).id;
      const contact = (await call('/contacts', {name, address, accounts: [account]})).id;
      return call(`/accounts/${account}/contacts/${contact}/grants`, {portal});
    }, [system.world.workspace, name, address]);

    test('T10 one never sent to is sent to with keys alone at 320 px, and then cancelled', async () => {
      const {page, calls, close} = await enter();
      const name = fresh('eva');
      const address = `${name}@client.example`;
      await granted(page, name, address);
      await open(page);
      await page.getByLabel(text('list.order')).selectOption('never');
      const row = page.locator('tbody tr').filter({hasText: address});
      await row.getByText(text('pendingstate.never_sent')).waitFor();
      await row.getByRole('link', {name: `Casa ${name}`}).waitFor();
      await inspect(page, language);
      await shot(page, 'pending');
      await press(page, text('pending.send'));
      await page.getByText(text('pending.select_first')).waitFor();
      await row.getByRole('checkbox').focus();
      await page.keyboard.press('Space');
      await press(page, text('pending.send'));
      const dialog = page.getByRole('dialog');
      await dialog.getByText(text('pendingdeed.resend_about')).waitFor();
      await inspect(page, language);
      await shot(page, 'pending-send');
      await dialog.getByRole('button', {name: text('pending.send')}).press('Enter');
      await row.waitFor({state: 'detached'});
      const sent = calls.filter(({method, path}) => method === 'POST' && path.endsWith('/pending/batch'));
      assert.equal(sent.length, 1);
      assert.equal(JSON.parse(sent[0].body).lines.length, 1);

      await page.getByLabel(text('list.order')).selectOption('newest');
      await row.getByRole('link', {name: address}).waitFor();
      await row.getByRole('checkbox').check();
      await page.getByRole('button', {name: text('pending.cancel'), exact: true}).click();
      await dialog.getByLabel(text('deed.withdraw')).check();
      await dialog.getByRole('button', {name: text('list.cancel')}).click();
      await row.waitFor({state: 'detached'});
      await close();
    });

    test('B12 who is pending by role and inviter, and invitations by address', async () => {
      const {page, calls, close} = await enter();
      const name = fresh('rosa');
      const address = `${name}@client.example`;
      await granted(page, name, address);
      await open(page);
      const asked = (path) => calls.findLast((call) => call.method === 'GET' && call.path.endsWith(path)).query;
      const asks = async (path, query) => { while (!query.test(asked(path))) await page.waitForRequest((request) => request.url().includes(path)); };
      await page.getByLabel(text('narrow.inviter')).selectOption({label: 'Ana Ruiz'});
      await asks('/pending', /order=oldest&inviter=idn_/);
      await page.getByLabel(text('narrow.role')).selectOption({label: 'Contable'});
      await asks('/pending', /order=oldest&role=rol_.*&inviter=idn_/);
      await page.getByText(text('list.empty')).waitFor();
      await inspect(page, language);
      await shot(page, 'pending-by');
      await page.getByLabel(text('list.order')).selectOption('never');
      await asks('/pending', /^sent=never&role=rol_\w+$/);
      await page.getByLabel(text('narrow.inviter')).waitFor({state: 'detached'});
      await page.getByLabel(text('narrow.role')).selectOption('');

      await page.getByRole('link', {name: text('console.invitations'), exact: true}).click();
      await heading(page, text('console.invitations'));
      await press(page, text('list.more'));
      await page.getByLabel(text('contactsby.address')).fill('look.');
      await asks('/invitations', /address=look/);
      await page.locator('tbody tr').filter({hasText: `look.${language}`}).waitFor();
      await page.getByLabel(text('narrow.inviter')).selectOption({label: 'Ana Ruiz'});
      await asks('/invitations', /inviter=idn_/);
      await page.locator('tbody tr').filter({hasText: `look.${language}`}).waitFor();
      await inspect(page, language);
      await shot(page, 'invitations-more');
      await close();
    });

    test('T10 what cannot be sent says why', async () => {
      const {page, close} = await enter({width: 1280});
      const name = fresh('mudo');
      await granted(page, name, '');
      await open(page);
      const row = page.locator('tbody tr').filter({hasText: name});
      await row.getByText(text('pending.no_address')).waitFor();
      await row.getByRole('checkbox').check();
      await page.getByRole('button', {name: text('pending.send'), exact: true}).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', {name: text('pending.send')}).click();
      await page.getByRole('heading', {name: text('deed.refused', {count: 1})}).waitFor();
      await dialog.getByText(text('reason.contact_without_address')).waitFor();
      await inspect(page, language);
      await shot(page, 'pending-refused');
      await close();
    });
  });
}
