// The console for staff, in both languages: signing in, inviting, the list, one invitation, join links, the team.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {begin, heading, inspect, keyIn, languages, press, signIn, speak, tabTo, texts, visit} from './browser.mjs';

let system;
let serial = 0;
before(async () => { system = await begin(); });
after(() => system?.stop());

const fresh = (name) => `${name}.${Date.now()}.${++serial}@example.com`;

for (const language of languages) {
  describe(`the console in ${language}`, async () => {
    const text = await texts(language);

    async function enter(view = '', options = {}) {
      const visited = await visit(system, `/console/${system.world.workspace}`, {language, width: 1280, ...options});
      await speak(visited.page, language);
      await signIn(visited.page, system.world.admin);
      await visited.page.locator('nav').first().waitFor();
      if (view) await visited.page.getByRole('link', {name: text(`console.${view}`), exact: true}).click();
      await heading(visited.page, text(view === 'me' ? 'me.title' : `console.${view || 'invitations'}`));
      return visited;
    }

    /** Invites addresses up to the page that says so. */
    async function invite(page, ...addresses) {
      await page.getByRole('link', {name: text('console.invite'), exact: true}).click();
      await page.locator('textarea[name=paste]').fill(addresses.join('\n'));
      await page.getByRole('button', {name: text('invite.look')}).click();
      await page.getByRole('button', {name: text('invite.send', {count: addresses.length})}).click();
      await heading(page, text('invite.done'));
    }

    /** Opens the page of an invitation that is made for the purpose. */
    async function detail(page, name) {
      const address = fresh(name);
      await invite(page, address);
      await page.getByRole('link', {name: address}).click();
      await heading(page, address);
      return address;
    }

    test('signing in and out with keys alone at 320 px', async () => {
      const {page, close} = await visit(system, `/console/${system.world.workspace}`, {language, width: 320});
      await speak(page, language);
      await inspect(page, language);
      await keyIn(page, text('field.address'), system.world.admin.address);
      await keyIn(page, text('field.password'), system.world.admin.password);
      await press(page, text('signin.submit'));
      await heading(page, text('console.invitations'));
      await press(page, text('page.sign_out'));
      await page.getByRole('button', {name: text('signin.submit')}).waitFor();
      await close();
    });

    test('inviting with keys alone at 320 px: a preview, then a verdict per line', async () => {
      const {page, calls, close} = await enter('', {width: 320});
      const [ana, luis] = [fresh('ana'), fresh('luis')];
      await press(page, text('console.invite'));
      await heading(page, text('console.invite'));
      await press(page, text('invite.look'));
      await page.locator('.summary').getByText(text('invite.nobody')).waitFor();
      await keyIn(page, text('invite.paste'), `Ana Sol <${ana}>\n${luis}\n${luis}\nno address`);
      await press(page, text('invite.add'));
      await page.locator('tbody tr').nth(2).waitFor();
      assert.equal(await page.locator('tbody tr').count(), 3);
      await inspect(page, language);
      await keyIn(page, new RegExp(`^${text('invite.note')}`), 'Hola <b>a todos</b>');
      await press(page, text('invite.look'));
      await heading(page, text('invite.preview'));
      await inspect(page, language);
      assert.equal(calls.filter(({path}) => path.endsWith('/invitations') && path.includes('POST')).length, 0);
      await press(page, text('invite.send', {count: 2}));
      await heading(page, text('invite.done'));
      await inspect(page, language);
      await page.getByText(text('verdict.malformed')).waitFor();
      const sent = calls.filter(({method, path}) => method === 'POST' && path.endsWith('/invitations'));
      assert.equal(sent.length, 1);
      const body = JSON.parse(sent[0].body);
      assert.deepEqual(body.lines.map(({address, name}) => [address, name]), [[ana, 'Ana Sol'], [luis, undefined]]);
      assert.equal(body.note, 'Hola <b>a todos</b>');
      await press(page, text('invite.correct'));
      await heading(page, text('console.invite'));
      assert.equal(await page.locator('tbody tr').count(), 1);
      await press(page, text('lines.remove_line', {address: 'no address'}));
      await page.locator('tbody').waitFor({state: 'detached'});
      await close();
    });

    test('each line has its own role and language, and validity is checked', async () => {
      const {page, calls, close} = await enter('invite');
      await page.locator('textarea[name=paste]').fill(fresh('rol'));
      await page.getByRole('button', {name: text('invite.add')}).click();
      const [role, own] = [page.locator('tbody select').nth(0), page.locator('tbody select').nth(1)];
      const id = await role.locator('option').nth(1).getAttribute('value');
      await role.selectOption(id);
      await own.selectOption('en');
      await page.locator('input[name=amount]').fill('366');
      await page.getByRole('button', {name: text('invite.look')}).click();
      await page.locator('.summary').getByText(text('invite.validity_wrong')).waitFor();
      await page.locator('input[name=amount]').fill('30');
      await page.locator('input[name=days]').fill('2, 5');
      await page.getByRole('button', {name: text('invite.look')}).click();
      await heading(page, text('invite.preview'));
      const body = JSON.parse(calls.at(-1).body);
      assert.deepEqual([body.lines[0].role, body.lines[0].language, body.validity, body.reminders.days], [id, 'en', 'P30D', [2, 5]]);
      await page.getByRole('button', {name: text('invite.back')}).click();
      await page.locator('tbody input').first().waitFor();
      assert.equal(await page.locator('tbody select').nth(1).inputValue(), 'en');
      await close();
    });

    test('two presses send once, and progress shows', async () => {
      const {page, context, calls, close} = await enter('invite');
      await page.locator('textarea[name=paste]').fill(fresh('doble'));
      await page.getByRole('button', {name: text('invite.look')}).click();
      await heading(page, text('invite.preview'));
      let free;
      const held = new Promise((done) => { free = done; });
      await context.route(/\/invitations$/, async (route) => { await held; await route.continue(); });
      await page.evaluate(() => { for (let n = 0; n < 3; n++) document.querySelector('form button.main').click(); });
      await page.locator('progress').waitFor();
      await inspect(page, language);
      free();
      await heading(page, text('invite.done'));
      assert.equal(calls.filter(({method, path}) => method === 'POST' && path.endsWith('/invitations')).length, 1);
      await close();
    });

    test('the list is filtered by state and delivery and sorted', async () => {
      const {page, calls, close} = await enter();
      await page.locator('tbody tr').first().waitFor();
      await page.locator('tbody').getByRole('link', {name: 'Panadería Sol'}).first().waitFor();
      await inspect(page, language);
      for (const [name, value] of [['state', 'expired'], ['delivery', 'delivered'], ['kind', 'client'], ['order', 'oldest']]) {
        const answered = page.waitForResponse((response) => response.url().includes(`${name}=${value}`));
        await page.locator(`#by-${name}`).selectOption(value);
        await answered;
      }
      assert.equal(calls.at(-1).path, `/v1/workspaces/${system.world.workspace}/invitations`);
      await page.locator('#by-delivery').selectOption('complained');
      await page.getByText(text('list.empty')).waitFor();
      await inspect(page, language);
      for (const name of ['delivery', 'kind']) await page.locator(`#by-${name}`).selectOption('');
      await page.locator('#by-state').selectOption('pending');
      await page.locator('tbody tr').first().waitFor();
      await close();
    });

    test('many are selected, resent and cancelled with keys alone, after a question', async () => {
      const {page, calls, close} = await enter();
      const names = [fresh('uno'), fresh('dos')];
      await invite(page, ...names);
      await press(page, text('invite.to_list'));
      await heading(page, text('console.invitations'));
      await press(page, text('list.resend'));
      await page.locator('.told p').getByText(text('list.select_first')).waitFor();
      for (const deed of ['resend', 'cancel']) {
        for (const address of names.toReversed()) {
          await tabTo(page, text('list.select', {address}));
          await page.keyboard.press('Space');
        }
        await tabTo(page, text(`list.${deed}`));
        await page.keyboard.press('Enter');
        await page.locator('dialog form').waitFor();
        await inspect(page, language);
        await page.keyboard.press('Escape');
        await page.locator('dialog').waitFor({state: 'detached'});
        await tabTo(page, text(`list.${deed}`));
        await page.keyboard.press('Enter');
        await page.locator('dialog form').waitFor();
        await press(page, text(`list.${deed}`));
        await page.locator('.told p').getByText(text(`deed.${deed}_done`, {count: 2})).waitFor();
        await page.locator('dialog').waitFor({state: 'detached'});
        const {action, ids} = JSON.parse(calls.findLast(({path}) => path.endsWith('/batch')).body);
        assert.deepEqual([action, ids.length], [deed, 2]);
      }
      for (const address of names) assert.equal(await page.getByRole('link', {name: address}).count(), 0);
      await close();
    });

    test('one invitation: its facts, a copied link, resending, cancelling', async () => {
      const {page, close} = await enter();
      await detail(page, 'detalle');
      await inspect(page, language);
      await press(page, text('detail.copy'));
      await page.locator('#copied').waitFor();
      assert.match(await page.locator('#copied').inputValue(), /\/accept#/);
      await inspect(page, language);
      await press(page, text('list.resend'));
      await page.locator('.told p').getByText(text('deed.resend_done', {count: 1})).waitFor();
      await press(page, text('detail.cancel'));
      await page.locator('dialog form').waitFor();
      await inspect(page, language);
      await tabTo(page, text('detail.cancel'));
      await page.keyboard.press('Enter');
      await page.locator('h1 ~ p .badge').getByText(text('state.cancelled')).waitFor();
      assert.equal(await page.getByRole('button', {name: text('list.resend')}).count(), 0);
      await inspect(page, language);
      await close();
    });

    test('a mail that may have come twice is told, and an inviter without a name is called by the address', async () => {
      const {page, context, close} = await enter();
      const seen = {duplicates: 1, inviter: {id: 'idn_somebody', address: 'luis@vega.example'}};
      await context.route(/\/invitations\/inv_\w+$/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({response, json: {...await response.json(), ...seen}});
      });
      await page.locator('tbody a').first().click();
      await page.locator('dt').getByText(text('detail.duplicates')).waitFor();
      await page.locator('dd').getByText('luis@vega.example').waitFor();
      seen.inviter = {id: 'idn_somebody'};
      await page.reload();
      await page.locator('dd').getByText(text('list.colleague')).waitFor();
      await close();
    });

    test('an invitation is corrected in place: only what changed is sent', async () => {
      const {page, calls, close} = await enter();
      await detail(page, 'antes');
      const after = fresh('despues');
      await keyIn(page, text('field.address'), after);
      await press(page, text('form.save'));
      await page.locator('.told p').getByText(text('detail.moved')).waitFor();
      assert.deepEqual(JSON.parse(calls.findLast(({method}) => method === 'PATCH').body), {address: after});
      await heading(page, after);
      await inspect(page, language);
      await close();
    });

    test('an invitation that is not there says so', async () => {
      const {page, close} = await enter();
      await page.evaluate(() => { location.hash = '#/invitation/inv_nothing'; });
      await page.locator('.summary').waitFor();
      await inspect(page, language);
      await close();
    });

    test('a join link is made, copied, reset, switched off and on', async () => {
      const {page, close} = await enter('links');
      await inspect(page, language);
      await press(page, text('links.create'));
      await heading(page, text('links.create'));
      await inspect(page, language);
      const name = `Enlace ${Date.now()}`;
      await keyIn(page, new RegExp(`^${text('links.label')}`), name);
      await page.locator('input[name=from]').fill('2030-02-01');
      await page.locator('input[name=until]').fill('2030-01-01');
      await press(page, text('links.save'));
      await page.locator('.summary').getByText(text('links.until_wrong')).waitFor();
      await inspect(page, language);
      await page.locator('input[name=from]').fill('');
      await page.locator('input[name=max_uses]').fill('5');
      await press(page, text('links.save'));
      const url = page.locator('#copied');
      await url.waitFor();
      const first = await url.inputValue();
      assert.match(first, /\/join#/);
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), first);
      await inspect(page, language);
      await press(page, text('links.reset_of', {name}));
      await page.locator('dialog form').waitFor();
      await inspect(page, language);
      await press(page, text('links.reset'));
      await page.waitForFunction((was) => document.querySelector('#copied').value !== was, first);
      await press(page, text('links.off_of', {name}));
      await page.locator('.told p').getByText(text('links.off_done')).waitFor();
      await press(page, text('links.on_of', {name}));
      await page.locator('.told p').getByText(text('links.on_done')).waitFor();
      await close();
    });

    test('the team: levels, the last administrator, an invitation', async () => {
      const {page, close} = await enter('team');
      const mine = page.locator('.rows li', {hasText: system.world.admin.address});
      await mine.locator('select').selectOption('member');
      await inspect(page, language);
      await mine.getByRole('button').click();
      await page.locator('.told p').getByText(text('error.last_admin')).waitFor();
      const address = fresh('equipo');
      await keyIn(page, text('field.address'), address);
      await press(page, text('team.send'));
      await page.locator('.told p').getByText(text('team.invited', {address})).waitFor();
      await inspect(page, language);
      await close();
    });

    test('a grant has an owner, who is shown and changed with keys alone at 320 px', async () => {
      const {page, calls, close} = await enter('accounts', {width: 320});
      await page.locator('tbody tr').first().waitFor();
      await inspect(page, language);
      await press(page, 'Panadería Sol');
      await heading(page, 'Panadería Sol');
      const grant = page.locator('.grant').first();
      await grant.waitFor();
      await inspect(page, language);
      await press(page, new RegExp(`^${text('grant.show_of', {name: '.*', portal: ''})}`));
      await grant.locator('dl').waitFor();
      await inspect(page, language);
      await tabTo(page, new RegExp(`^${text('grant.owner_of', {name: '.*', portal: ''})}`));
      await press(page, new RegExp(`^${text('grant.change_of', {name: '.*', portal: ''})}`));
      await page.locator('.told p').getByText(text('grant.same')).waitFor();
      const other = await grant.locator('select option').evaluateAll((all) => all.find((one) => !one.selected).textContent);
      await grant.locator('select').selectOption({label: other});
      await grant.getByRole('button').click();
      await page.locator('.told p').filter({hasText: other}).waitFor();
      await grant.locator('dd').getByText(other).waitFor();
      assert.deepEqual(Object.keys(JSON.parse(calls.findLast(({method}) => method === 'PATCH').body)), ['owner']);
      await close();
    });

    test('an invitation shows what it gives access to and the owner', async () => {
      const {page, close} = await enter();
      await page.getByRole('link', {name: /^look\./}).first().click();
      await page.getByRole('heading', {name: text('grant.title')}).waitFor();
      await page.locator('.grant dl').getByText(text('grant.owner')).waitFor();
      await inspect(page, language);
      await page.getByRole('link', {name: 'Panadería Sol'}).click();
      await heading(page, 'Panadería Sol');
      await close();
    });

    test('mail is held back, then only who asks for it is invited, and is let go again', async () => {
      const {page, close} = await enter('settings', {width: 320});
      await press(page, text('paused.hold'));
      await page.getByRole('heading', {name: text('paused.title')}).waitFor();
      await inspect(page, language);
      await page.getByRole('link', {name: text('console.invite'), exact: true}).click();
      await page.locator('textarea[name=paste]').fill(fresh('held'));
      await page.getByRole('button', {name: text('invite.look')}).click();
      await page.locator('.summary').getByText(text('error.mail_paused')).waitFor();
      await inspect(page, language);
      await page.getByLabel(text('invite.override')).check();
      await page.getByRole('button', {name: text('invite.look')}).click();
      await page.getByRole('button', {name: text('invite.send', {count: 1})}).click();
      await heading(page, text('invite.done'));
      await press(page, text('paused.resume'));
      await page.getByText(text('paused.resumed')).waitFor();
      assert.equal(await page.getByRole('heading', {name: text('paused.title')}).count(), 0);
      await close();
    });

    test('the settings are changed with keys alone at 320 px: only what changed is sent', async () => {
      const {page, calls, close} = await enter('settings', {width: 320});
      await inspect(page, language);
      const before = await page.locator('input[name=staff_idle_min]').inputValue();
      await keyIn(page, text('settings.staff_idle_min'), '0');
      for (const day of ['mon', 'tue', 'wed', 'thu', 'fri']) await page.locator(`.days input[id$=-${day}]`).uncheck();
      await press(page, text('form.save'));
      await page.locator('.summary').getByText(text('settings.no_workday')).waitFor();
      await page.locator('.summary').getByText(text('settings.outside', {least: '1', most: new Intl.NumberFormat(language).format(1440)})).waitFor();
      await inspect(page, language);
      assert.equal(calls.filter(({method}) => method === 'PATCH').length, 0);
      for (const day of ['mon', 'tue', 'wed', 'thu', 'fri']) await page.locator(`.days input[id$=-${day}]`).check();
      await keyIn(page, text('settings.staff_idle_min'), before);
      await page.locator('input[name=days]').fill('2, 5');
      await page.locator('input[name=quiet_from]').fill('21:00');
      await press(page, text('form.save'));
      await page.locator('.told p').getByText(text('form.saved')).waitFor();
      const {settings} = JSON.parse(calls.findLast(({method}) => method === 'PATCH').body);
      assert.deepEqual(settings, {reminders: {days: [2, 5], at: '09:00'}, policy: {workdays: 'mon,tue,wed,thu,fri', quiet_from: '21:00', quiet_to: '08:00'}});
      await page.reload();
      await page.locator('input[name=days]').waitFor();
      assert.equal(await page.locator('input[name=days]').inputValue(), '2, 5');
      await page.locator('input[name=days]').fill('3, 7, 12');
      await page.locator('input[name=quiet_from]').fill('20:00');
      await press(page, text('form.save'));
      await page.locator('.told p').getByText(text('form.saved')).waitFor();
      await close();
    });

    test('staff have a profile too', async () => {
      const {page, close} = await enter('me');
      await page.locator('.rows li').first().waitFor();
      await inspect(page, language);
      await close();
    });

    test('clients are shown the way to their portal', async () => {
      const {page, close} = await visit(system, `/p/${system.world.portal}`, {language});
      await signIn(page, system.world.member);
      await page.locator('dl').waitFor();
      await page.goto(`/console/${system.world.workspace}`);
      await speak(page, language);
      await page.getByText(text('signin.not_staff', {address: system.world.member.address})).waitFor();
      await inspect(page, language);
      await close();
    });
  });
}

test('more than a hundred lines go in parts; more than a page of invitations is turned over and back', async () => {
  const text = await texts('en');
  const {page, calls, close} = await visit(system, `/console/${system.world.workspace}`, {width: 1280});
  await speak(page, 'en');
  await signIn(page, system.world.admin);
  await page.getByRole('link', {name: text('console.invite'), exact: true}).click();
  await page.locator('textarea[name=paste]').fill(Array.from({length: 105}, () => fresh('p')).join('\n'));
  await page.getByRole('button', {name: text('invite.look')}).click();
  await page.getByRole('button', {name: text('invite.send', {count: 105})}).click();
  await page.getByRole('link', {name: text('invite.to_list')}).click();
  const parts = calls.filter(({method, path}) => method === 'POST' && path.endsWith('/invitations')).map(({body}) => JSON.parse(body).lines.length);
  assert.deepEqual(parts, [100, 5]);
  await page.getByRole('button', {name: text('list.next')}).click();
  await page.getByText(text('list.page', {page: 2})).waitFor();
  await inspect(page, 'en');
  await page.getByRole('button', {name: text('list.previous')}).click();
  await page.getByText(text('list.page', {page: 1})).waitFor();
  assert.equal(await page.locator('tbody tr').count(), 50);
  await close();
});

test('who waits for approval is turned over page by page, and links without a name are told apart', async () => {
  const text = await texts('es');
  const {page, context, close} = await visit(system, `/console/${system.world.workspace}`, {language: 'es', width: 320});
  const request = (address) => ({id: `jrq_${address}`, address, link: 'jln_1', portal: '', role: '', state: 'waiting', created_at: '2026-11-23T08:00:00Z'});
  await context.route(/\/joinrequests\?/, (route) => route.fulfill({json: route.request().url().includes('cursor=second')
    ? {items: [request('luis@cliente.example')]} : {items: [request('ana@cliente.example')], next: 'second'}}));
  const link = (id, created_at) => ({id, portal: '', role: '', uses: 2, domains: [], state: 'open', creator: 'idn_gone', created_at});
  await context.route(/\/joinlinks$/, (route) => route.fulfill({json: {items: [link('jln_2', '2026-11-23T08:00:00Z'), link('jln_1', '2026-11-22T08:00:00Z')]}}));
  await speak(page, 'es');
  await signIn(page, system.world.admin);
  await page.getByRole('link', {name: text('console.links')}).click();
  await page.getByText('ana@').waitFor();
  await page.locator('section.card').nth(3).waitFor();
  const names = await page.locator('section.card h2').allTextContents();
  assert.equal(new Set(names).size, names.length, names.join());
  await inspect(page, 'es');
  await press(page, text('list.next'));
  await page.getByText('luis@').waitFor();
  await press(page, text('list.previous'));
  await page.getByText('ana@').waitFor();
  await close();
});

test('who waits for approval is let in or refused', async () => {
  const text = await texts('en');
  const {page, close} = await visit(system, `/console/${system.world.workspace}`, {width: 1280});
  await speak(page, 'en');
  await signIn(page, system.world.admin);
  await page.getByRole('link', {name: text('console.links')}).click();
  const button = page.getByRole('button', {name: new RegExp(`^${text('requests.approve')} `)}).first();
  const address = (await button.getAttribute('aria-label')).split(' ').at(-1);
  await button.click();
  await page.locator('.told p').getByText(text('requests.approve_done', {address})).waitFor();
  await close();
});
