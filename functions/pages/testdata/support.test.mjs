// Where the firm sends by the switch, a contact's card says whether somebody who became a portal user was sent their way in,
// or why not, in both languages.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {begin, heading, inspect, keyIn, languages, press, signIn, speak, texts, visit} from './browser.mjs';

let system;
let serial = 0;
before(async () => { system = await begin(); });
after(() => system.stop());

for (const language of languages) {
  describe(`a portal user in the console in ${language}`, async () => {
    const text = await texts(language);
    const optional = (key) => `${text(key)} ${text('form.optional')}`;
    const shot = async (page, name) => process.env.SHOTS && page.screenshot({path: `${process.env.SHOTS}/${name}-${language}.png`, fullPage: true});

    async function open(page, view) {
      await page.getByRole('link', {name: text(`console.${view}`), exact: true}).click();
      await heading(page, text(`console.${view}`));
    }

    /** A contact at an account, who is let in: what the card says. */
    async function letIn(page, calls, address) {
      const name = `Olmo ${Date.now()}${++serial}`;
      await open(page, 'contacts');
      await press(page, text('contacts.new'));
      await heading(page, text('contacts.new'));
      await keyIn(page, optional('column.name'), name);
      if (address) await keyIn(page, optional('field.address'), address);
      await keyIn(page, text('contacts.accounts'), 'panad');
      await press(page, text('search.choose_one', {name: 'Panadería Sol'}));
      await press(page, text('form.save'));
      await heading(page, name);
      await page.getByLabel(text('contacts.portal_user'), {exact: true}).check();
      await press(page, text('form.save'));
      await page.locator('.told p').filter({hasText: text('form.saved')}).waitFor();
      assert.deepEqual(JSON.parse(calls.findLast(({method}) => method === 'PATCH').body), {support: {portal_user: true}});
      return name;
    }

    test('D1, D2 the card says that it was sent, or why not, at 320 px', async () => {
      const {page, calls, close} = await visit(system, `/console/${system.world.workspace}`, {language, width: 320});
      await speak(page, language);
      await signIn(page, system.world.admin);
      await page.locator('nav').first().waitFor();
      await open(page, 'settings');
      const tick = page.getByLabel(text('settings.switch_sends'), {exact: true});
      if (!await tick.isChecked()) {
        await tick.check();
        await page.locator('form').filter({has: tick}).getByRole('button', {name: text('form.save')}).click();
        await page.locator('.told p').getByText(text('form.saved')).waitFor();
      }

      await letIn(page, calls, `olmo${Date.now()}${language}@client.example`);
      await page.locator('.told p').filter({hasText: text('switches.sent')}).waitFor();
      await inspect(page, language);
      await shot(page, 'support-sent');

      const name = await letIn(page, calls, '');
      const why = text('reason.contact_without_address');
      await page.locator('.told p').filter({hasText: text('switches.not_sent', {why})}).waitFor();
      await inspect(page, language);
      await shot(page, 'support-unsent');
      assert.ok(await page.getByLabel(text('contacts.portal_user'), {exact: true}).isChecked(), `${name} is one all the same`);
      await close();
    });
  });
}
