// The people in the console, in both languages: accounts and contacts are found as one types, made, changed, converted.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {begin, heading, inspect, keyIn, languages, press, signIn, speak, texts, visit} from './browser.mjs';

let system;
let serial = 0;
before(async () => { system = await begin(); });
after(() => system.stop());

const fresh = (name) => `${name} ${Date.now()}${++serial}`;

for (const language of languages) {
  describe(`people in the console in ${language}`, async () => {
    const text = await texts(language);

    async function enter(view, options = {}) {
      const visited = await visit(system, `/console/${system.world.workspace}`, {language, width: 320, ...options});
      await speak(visited.page, language);
      await signIn(visited.page, system.world.admin);
      await visited.page.locator('nav').first().waitFor();
      await visited.page.getByRole('link', {name: text(`console.${view}`), exact: true}).click();
      await heading(visited.page, text(`console.${view}`));
      return visited;
    }
    const optional = (key) => `${text(key)} ${text('form.optional')}`;
    const shot = async (page, name) => process.env.SHOTS && page.screenshot({path: `${process.env.SHOTS}/${name}-${language}.png`, fullPage: true});

    test('B12 an account is made, and found as one types, with keys alone at 320 px', async () => {
      const {page, close} = await enter('accounts');
      const name = fresh('Ánfora');
      await keyIn(page, text('column.name'), name);
      await keyIn(page, optional('search.external'), `crm:${serial}-${language}`);
      await inspect(page, language);
      await shot(page, 'accounts');
      await press(page, text('accounts.make'));
      await heading(page, name);
      await press(page, text('accounts.back'));
      await heading(page, text('console.accounts'));
      await keyIn(page, text('search.account'), name.toLowerCase().replace('á', 'a'));
      await page.locator('tbody tr').filter({hasText: name}).waitFor();
      await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
      await keyIn(page, text('search.account'), 'zzzz');
      await page.getByText(text('search.nothing')).waitFor();
      await inspect(page, language);
      await close();
    });

    test('B11, B12 a contact is made at an account chosen as one types, found by its address, and changed', async () => {
      const {page, calls, close} = await enter('contacts');
      await page.locator('.rows li').first().waitFor();
      await inspect(page, language);
      await shot(page, 'contacts');
      await press(page, text('contacts.new'));
      await heading(page, text('contacts.new'));
      await page.getByRole('button', {name: text('form.save')}).click();
      await page.locator('.summary').waitFor();
      const address = `${fresh('eva').replace(' ', '.')}@client.example`;
      await keyIn(page, optional('column.name'), 'Eva Sol');
      await keyIn(page, optional('field.address'), address);
      await keyIn(page, text('contacts.accounts'), 'panad');
      await press(page, text('search.choose_one', {name: 'Panadería Sol'}));
      await page.getByRole('button', {name: text('search.drop_one', {name: 'Panadería Sol'})}).waitFor();
      await inspect(page, language);
      await shot(page, 'contact');
      await press(page, text('form.save'));
      await heading(page, 'Eva Sol');
      assert.equal(JSON.parse(calls.findLast(({method, path}) => method === 'POST' && path.endsWith('/contacts')).body).accounts.length, 1);
      await keyIn(page, optional('column.name'), 'Eva Sol Ruiz');
      await press(page, text('form.save'));
      await heading(page, 'Eva Sol Ruiz');
      assert.deepEqual(JSON.parse(calls.findLast(({method}) => method === 'PATCH').body), {name: 'Eva Sol Ruiz'});
      await press(page, text('contacts.back'));
      await heading(page, text('console.contacts'));
      await keyIn(page, text('contactsby.name'), address);
      await page.waitForFunction(() => document.querySelectorAll('.rows li').length === 1);
      await page.locator('.rows li').filter({hasText: address}).waitFor();
      await page.locator('#by').selectOption('account');
      await keyIn(page, text('search.account'), 'panad');
      await press(page, text('search.choose_one', {name: 'Panadería Sol'}));
      await page.locator('.rows li').filter({hasText: address}).waitFor();
      await inspect(page, language);
      await close();
    });

    test('D1, Z13 dates are there once the firm turns them on; a lead becomes a contact', async () => {
      const {page, calls, close} = await enter('settings');
      const tick = page.getByLabel(text('settings.support_dates'));
      if (!await tick.isChecked()) {
        await tick.check();
        await page.getByRole('button', {name: text('form.save')}).click();
        await page.locator('.told p').getByText(text('form.saved')).waitFor();
      }
      await page.getByRole('link', {name: text('console.contacts'), exact: true}).click();
      await press(page, text('contacts.new'));
      await heading(page, text('contacts.new'));
      const name = fresh('Luz');
      await keyIn(page, optional('column.name'), name);
      await page.getByLabel(text('contacts.is_lead'), {exact: true}).check();
      await page.getByLabel(optional('contacts.until')).fill('2030-12-31');
      await inspect(page, language);
      await shot(page, 'support');
      await press(page, text('form.save'));
      await heading(page, name);
      assert.deepEqual(JSON.parse(calls.findLast(({method, path}) => method === 'POST' && path.endsWith('/contacts')).body),
        {name, lead: true, support: {until: '2030-12-31'}});
      await inspect(page, language);
      await shot(page, 'lead');
      await press(page, text('contacts.convert'));
      await page.locator('.told p').getByText(text('contacts.converted')).waitFor();
      await page.getByRole('button', {name: text('contacts.convert')}).waitFor({state: 'detached'});
      await close();
    });

    test('Z13, B12 leads become contacts together, in the role the settings say; contacts are found by role', async () => {
      const {page, calls, close} = await enter('contacts');
      const name = fresh('Luna');
      const roles = await page.evaluate(async ([ws, name]) => {
        const call = async (path, body) => (await fetch(`/v1/workspaces/${ws}${path}`, {method: body ? 'POST' : 'GET', headers: {'Content-Type': 'application/json'},
          body: body && JSON.stringify(body)})).json();
        const portal = (await call('/portals')).items[0].id;
        const lead = await call('/roles', {portal, name: `${name} L`.slice(-40), for: 'leads'});
        const contact = await call('/roles', {portal, name: `${name} C`.slice(-40), for: 'contacts'});
        const account = (await call('/accounts', {name})).id;
        for (const one of ['a', 'b']) {
          const {id} = await call('/contacts', {name: `${name} ${one}`, address: `${name.replace(' ', '.')}.${one}@client.example`, accounts: [account], lead: true});
          await call(`/accounts/${account}/contacts/${id}/grants`, {portal, role: lead.id});
        }
        return {lead, contact};
      }, [system.world.workspace, name]);
      await page.reload();
      await heading(page, text('console.contacts'));
      await keyIn(page, text('contactsby.name'), name);
      await page.waitForFunction(() => document.querySelectorAll('.rows li').length === 2);
      await press(page, text('contacts.convert'));
      await page.locator('.told p').getByText(text('contacts.select_first')).waitFor();
      await page.getByLabel(text('contacts.all_leads')).focus();
      await page.keyboard.press('Space');
      await inspect(page, language);
      await shot(page, 'leads');
      await press(page, text('contacts.convert'));
      const dialog = page.getByRole('dialog');
      await inspect(page, language);
      await shot(page, 'leads-convert');
      await dialog.getByRole('button', {name: text('contacts.convert')}).press('Enter');
      await dialog.getByText(text('error.role_not_chosen')).first().waitFor();
      await dialog.getByRole('button', {name: text('deed.close')}).click();

      await page.getByRole('link', {name: text('console.settings'), exact: true}).click();
      await heading(page, text('console.settings'));
      await page.getByLabel(text('settings.lead_role', {role: roles.lead.name})).selectOption(roles.contact.id);
      await inspect(page, language);
      await shot(page, 'settings');
      await page.getByRole('button', {name: text('form.save')}).first().click();
      await page.locator('.told p').getByText(text('form.saved')).waitFor();
      assert.equal(JSON.parse(calls.findLast(({method}) => method === 'PATCH').body).settings.lead_roles[roles.lead.id], roles.contact.id);

      await page.getByRole('link', {name: text('console.contacts'), exact: true}).click();
      await page.getByLabel(text('contactsby.name')).fill(name);
      await page.waitForFunction(() => document.querySelectorAll('.rows li').length === 2);
      await page.getByLabel(text('contacts.all_leads')).check();
      await page.getByRole('button', {name: text('contacts.convert')}).click();
      await dialog.getByRole('button', {name: text('contacts.convert')}).click();
      await page.locator('.told p').getByText(text('contacts.converted_many', {count: 2})).waitFor();
      await page.getByLabel(text('contacts.all_leads')).waitFor({state: 'detached'});
      await page.locator('#by').selectOption('role');
      await page.locator('#role').selectOption(roles.contact.id);
      await page.getByText(text('contacts.none_in_role')).waitFor();
      await inspect(page, language);
      await close();
    });

    test('the invite form does not load the accounts: one is chosen as one types', async () => {
      const {page, calls, close} = await enter('invite');
      assert.ok(!calls.some(({path}) => path.endsWith('/accounts')));
      await page.locator('textarea[name=paste]').fill(`${fresh('ines').replace(' ', '.')}@client.example`);
      await page.locator('#account').fill('panad');
      await page.getByRole('button', {name: text('search.choose_one', {name: 'Panadería Sol'})}).click();
      await inspect(page, language);
      await shot(page, 'invite');
      await page.getByRole('button', {name: text('invite.look')}).click();
      await heading(page, text('invite.preview'));
      assert.ok(JSON.parse(calls.findLast(({path}) => path.endsWith('/preview')).body).lines[0].account);
      await close();
    });
  });
}
