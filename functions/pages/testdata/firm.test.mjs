// The console for administrators: the trail with its filters and files, and API keys.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {begin, heading, inspect, keyIn, languages, press, signIn, speak, tabTo, texts, visit} from './browser.mjs';

let system;
before(async () => { system = await begin(); });
after(() => system.stop());

for (const language of languages) {
  describe(`the firm's administration in ${language}`, async () => {
    const text = await texts(language);

    async function enter(view, options = {}) {
      const visited = await visit(system, `/console/${system.world.workspace}`, {language, width: 1280, ...options});
      await speak(visited.page, language);
      await signIn(visited.page, system.world.admin);
      await visited.page.locator('nav').first().waitFor();
      await visited.page.getByRole('link', {name: text(`console.${view}`), exact: true}).click();
      await heading(visited.page, text(`console.${view}`));
      return visited;
    }

    test('a key is made with keys alone at 320 px, shown once, and revoked', async () => {
      const {page, close} = await enter('keys', {width: 320});
      await inspect(page, language);
      await press(page, text('keys.create'));
      await heading(page, text('keys.create'));
      await press(page, text('keys.save'));
      await page.locator('.summary').getByText(text('form.empty')).first().waitFor();
      await keyIn(page, text('keys.name'), `CRM ${language}`);
      await press(page, text('keys.save'));
      await page.locator('.summary').getByText(text('error.scope_unknown')).waitFor();
      await tabTo(page, text('scope.account_read'));
      await page.keyboard.press('Space');
      await inspect(page, language);
      if (process.env.SHOTS) await page.screenshot({path: `${process.env.SHOTS}/newkey.${language}.png`, fullPage: true});
      await press(page, text('keys.save'));
      await heading(page, text('console.keys'));
      const key = await page.locator('#copied').inputValue();
      assert.match(key, /^pk_[0-9a-z_]{140}$/);
      const asked = await fetch(`${system.world.base}/v1/workspaces/${system.world.workspace}/accounts`, {headers: {Authorization: `Bearer ${key}`}});
      assert.equal(asked.status, 200);
      await inspect(page, language);
      if (process.env.SHOTS) await page.screenshot({path: `${process.env.SHOTS}/keys.${language}.png`, fullPage: true});
      await press(page, text('keys.revoke_of', {name: `CRM ${language}`}));
      await page.getByRole('dialog').getByRole('button', {name: text('keys.revoke'), exact: true}).click();
      await page.locator('section.card', {hasText: `CRM ${language}`}).getByText(text('keystate.revoked'), {exact: true}).waitFor();
      const after = await fetch(`${system.world.base}/v1/workspaces/${system.world.workspace}/accounts`, {headers: {Authorization: `Bearer ${key}`}});
      assert.equal(after.status, 401);
      await close();
    });

    test('the trail by person and day, and as a file', async () => {
      const {page, close} = await enter('audit');
      await page.locator('.rows li').first().waitFor();
      await inspect(page, language);
      await page.locator('summary').first().click();
      await page.locator('select[name=actor]').selectOption({label: 'Ana Ruiz'});
      await page.locator('input[name=until]').fill('2020-01-01');
      await page.getByRole('button', {name: text('audit.show')}).click();
      await page.getByText(text('audit.none')).waitFor();
      await page.locator('input[name=account]').fill('x');
      await page.getByRole('button', {name: text('audit.show')}).click();
      await page.locator('.summary').getByText(text('audit.one_filter')).waitFor();
      await page.locator('input[name=account]').fill('');
      await page.locator('input[name=until]').fill('');
      await page.getByRole('button', {name: text('audit.show')}).click();
      await page.locator('.rows li').first().waitFor();
      const saving = page.waitForEvent('download');
      await page.getByRole('button', {name: text('audit.csv')}).click();
      const file = await readFile(await (await saving).path(), 'utf8');
      assert.match(file, /^id,at,actor,from,action,subject,account,before,after\r\n/);
      assert.equal(file.match(/id,at,actor/g).length, 1);
      if (process.env.SHOTS) {
        await page.setViewportSize({width: 320, height: 800});
        await page.screenshot({path: `${process.env.SHOTS}/audit.${language}.png`});
      }
      await close();
    });
  });
}
