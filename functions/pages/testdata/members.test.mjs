// The console's list of members: who has come, found and narrowed, deactivated, reactivated, made staff.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {begin, heading, inspect, keyIn, languages, press, signIn, speak, texts, visit} from './browser.mjs';

let system;
before(async () => { system = await begin(); });
after(() => system?.stop());

const invented = (name, more = {}) => ({id: `idn_${name}`, address: `${name}@cliente.example`, name, deactivated: false, created_at: '2026-11-20T08:00:00Z', ...more});

for (const language of languages) {
  describe(`members in the console in ${language}`, async () => {
    const text = await texts(language);

    async function enter(options = {}) {
      const visited = await visit(system, `/console/${system.world.workspace}`, {language, width: 320, ...options});
      await speak(visited.page, language);
      await signIn(visited.page, system.world.admin);
      await visited.page.getByRole('link', {name: text('console.members'), exact: true}).click();
      await heading(visited.page, text('console.members'));
      return visited;
    }

    test('F4, Z17 who has come is found, deactivated and reactivated with keys alone at 320 px', async () => {
      const {page, calls, close} = await enter();
      const {address} = system.world.member;
      const row = page.locator('tbody tr', {hasText: address.split('@')[0]});
      await row.waitFor();
      await inspect(page, language);
      await keyIn(page, text('members.search'), 'nobody at all');
      await page.getByText(text('members.none_such')).waitFor();
      await inspect(page, language);
      await keyIn(page, text('members.search'), address);
      await row.waitFor();
      assert.ok(calls.some(({path, query}) => path.endsWith('/members') && query.startsWith('address=')));
      assert.match(await row.locator('td').nth(3).innerText(), /20\d\d/, 'a last sign-in');
      assert.ok(await row.locator('a[href^="#/contact/"]').count() && await row.locator('a[href^="#/account/"]').count());
      await press(page, text('members.deactivate'));
      await page.locator('.told p').getByText(text('members.select_first')).waitFor();
      await row.locator('input').check();
      await press(page, text('members.deactivate'));
      await page.locator('dialog form').waitFor();
      await inspect(page, language);
      await page.locator('dialog').getByRole('button', {name: text('members.deactivate'), exact: true}).press('Enter');
      await row.getByText(text('memberstate.deactivated'), {exact: true}).waitFor();
      await inspect(page, language);
      await row.locator('input').check();
      await press(page, text('members.reactivate'));
      await page.locator('dialog').getByRole('button', {name: text('members.reactivate'), exact: true}).press('Enter');
      await row.getByText(text('memberstate.active'), {exact: true}).waitFor();
      await row.locator('input').check();
      await press(page, text('members.promote'));
      await page.locator('dialog form').waitFor();
      await inspect(page, language);
      await page.locator('dialog').getByRole('button', {name: text('deed.back')}).press('Enter');
      await close();
    });

    test('B12 members are narrowed by role or by inviter, one of them at a time, and turned over page by page', async () => {
      const {page, context, calls, close} = await enter({width: 1280});
      await page.locator('tbody tr').first().waitFor();
      const role = page.locator('#by-role');
      await role.selectOption({index: 1});
      await page.waitForFunction(() => document.querySelector('#by-role').value);
      const inviter = page.locator('#by-inviter');
      await inviter.selectOption({index: 1});
      await page.waitForFunction(() => !document.querySelector('#by-role').value);
      await page.locator('tbody tr, .notice').first().waitFor();
      assert.ok(!calls.some(({query}) => query.includes('role=') && query.includes('inviter=')));
      await context.route(/\/members\?/, (route) => route.fulfill({json: route.request().url().includes('cursor=second')
        ? {items: []} : {items: [invented('ana', {more: true}), invented('luis', {deactivated: true})], next: 'second'}}));
      await inviter.selectOption('');
      await page.getByText('ana@').waitFor();
      await inspect(page, language);
      await press(page, text('list.next'));
      await page.getByText(text('members.none')).waitFor();
      await press(page, text('list.previous'));
      await page.getByText('luis@').waitFor();
      await close();
    });
  });
}
