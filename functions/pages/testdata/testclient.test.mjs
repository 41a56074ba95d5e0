// A test client is invited, shown with a mark, found among the contacts, and removed, in both languages.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {begin, heading, inspect, keyIn, languages, press, signIn, speak, texts, visit} from './browser.mjs';

let system;
before(async () => { system = await begin(); });
after(() => system.stop());

for (const language of languages) {
  describe(`a test client in the console in ${language}`, async () => {
    const text = await texts(language);
    const optional = (key) => `${text(key)} ${text('form.optional')}`;
    const shot = async (page, name) => process.env.SHOTS && page.screenshot({path: `${process.env.SHOTS}/${name}-${language}.png`, fullPage: true});

    test('T6 it is invited in one step, marked and listed, and removed after a question, at 320 px', async () => {
      const {page, calls, close} = await visit(system, `/console/${system.world.workspace}`, {language, width: 320});
      await speak(page, language);
      await signIn(page, system.world.admin);
      await page.locator('nav').first().waitFor();
      await page.getByRole('link', {name: text('console.contacts'), exact: true}).click();
      await heading(page, text('console.contacts'));
      await press(page, text('contacts.test_new'));
      await heading(page, text('contacts.test_new'));
      await inspect(page, language);
      await shot(page, 'testclient-new');

      await page.getByRole('button', {name: text('contacts.test_new')}).click();
      await page.locator('.summary').filter({hasText: text('error.test_client_without_address')}).waitFor();
      const name = `Prueba ${Date.now()}`;
      await keyIn(page, optional('column.name'), name);
      await keyIn(page, text('field.address'), `${name.replace(' ', '.')}@client.example`);
      await page.getByRole('button', {name: text('contacts.test_new')}).click();
      await heading(page, name);
      await page.getByText(text('contacts.test_about')).waitFor();
      assert.equal(JSON.parse(calls.findLast(({method, path}) => method === 'POST' && path.endsWith('/contacts')).body).test, true);
      assert.ok(calls.findLast(({method, path}) => method === 'POST' && path.endsWith('/invitations')));
      await inspect(page, language);
      await shot(page, 'testclient');

      await press(page, text('contacts.back'));
      await heading(page, text('console.contacts'));
      await page.locator('#by').selectOption('test');
      const row = page.locator('.rows li').filter({hasText: name});
      await row.getByText(text('mark.test'), {exact: true}).waitFor();
      await inspect(page, language);

      const marked = (within) => within.getByText(text('mark.test'), {exact: true}).waitFor();
      const line = page.locator('tbody tr').filter({hasText: name});
      for (const view of ['pending', 'invitations']) {
        await page.getByRole('link', {name: text(`console.${view}`), exact: true}).click();
        await heading(page, text(`console.${view}`));
        await marked(line);
        await inspect(page, language);
        await shot(page, `testclient-${view}`);
      }
      await line.getByRole('link').first().click();
      await page.getByRole('link', {name: text('detail.back')}).waitFor();
      await marked(page);
      await inspect(page, language);
      await page.getByRole('link', {name: text('console.pending'), exact: true}).click();
      await line.getByRole('link', {name, exact: true}).click();
      await heading(page, name);
      await marked(page);
      await inspect(page, language);
      await shot(page, 'testclient-account');

      await page.getByRole('link', {name: text('console.contacts'), exact: true}).click();
      await page.locator('#by').selectOption('test');
      await row.getByRole('link').click();
      await heading(page, name);
      await page.getByRole('button', {name: text('contacts.test_remove')}).click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await inspect(page, language);
      await shot(page, 'testclient-remove');
      await dialog.getByRole('button', {name: text('deed.back')}).click();
      await dialog.waitFor({state: 'detached'});
      assert.ok(!calls.some(({method}) => method === 'DELETE'), 'nothing is removed without an answer');
      await page.getByRole('button', {name: text('contacts.test_remove')}).click();
      await dialog.getByRole('button', {name: text('contacts.test_remove')}).click();
      await page.getByText(text('mark.leaving'), {exact: true}).waitFor();
      await inspect(page, language);
      await close();
    });
  });
}
