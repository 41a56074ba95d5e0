// The pages that links in mails lead to, in both languages: accept, join, reset, unsubscribe.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {begin, heading, inspect, keyIn, languages, mailedCode, press, signIn, speak, texts, visit} from './browser.mjs';
import {note, password} from './world.mjs';

let system;
before(async () => { system = await begin(); });
after(() => system?.stop());

for (const language of languages) {
  describe(`an invitation in ${language}`, async () => {
    const text = await texts(language);
    const other = language === 'en' ? 'es' : 'en';
    // The browser's language is the other one: the recipient's counts.
    const open = (name, options) => visit(system, `/accept#${system.world.invitations[language][name]}`, {language: other, ...options});

    test('opening it changes nothing and takes the secret out of the address bar', async () => {
      const {page, calls, close} = await open('look');
      assert.equal(new URL(page.url()).hash, '');
      assert.deepEqual(calls.map(({method, path}) => `${method} ${path}`), ['POST /v1/invitations/open']);
      assert.match(calls[0].key, /^[0-9a-f-]{36}$/);
      assert.ok((await page.locator('blockquote').innerText()) === note, 'the note stands as text');
      assert.match(await page.locator('dl').innerText(), language === 'en' ? /Central European/ : /Europa central/);
      await inspect(page, language);
      await page.reload();
      await page.locator('blockquote').waitFor();
      await close();
    });

    test('a press without a password does nothing, and says where to go on', async () => {
      const {page, calls, close} = await open('look');
      await page.getByRole('button', {name: text('offer.accept')}).click();
      await page.locator('.summary').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.className), 'summary');
      assert.equal(calls.length, 1);
      await page.locator('.summary a').click();
      assert.equal(await page.evaluate(() => document.activeElement.name), 'password');
      await inspect(page, language);
      await close();
    });

    test('a robot that presses every button and link of the page, and Enter in every field, spends nothing', async () => {
      const {page, calls, close} = await open('look');
      const count = await page.locator('main :is(button, a, input)').count();
      for (let n = 0; n < count; n++) {
        const one = page.locator('main :is(button, a, input)').nth(n);
        if (await one.evaluate((element) => element.tagName === 'INPUT')) await one.press('Enter');
        else await one.click();
        await page.reload();
        await page.locator('blockquote').waitFor();
      }
      assert.ok(count > 4);
      assert.deepEqual([...new Set(calls.map(({path}) => path))], ['/v1/invitations/open']);
      await close();
    });

    test('the language can be switched, and stays so', async () => {
      const {page, close} = await open('look');
      await speak(page, other);
      await page.getByRole('button', {name: (await texts(other))('offer.accept')}).waitFor();
      await page.reload();
      await page.locator('h1').waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), other);
      await close();
    });

    test('an invitation without a note still says where the address comes from', async () => {
      const {page, close} = await open('bare');
      assert.equal(await page.locator('blockquote').count(), 0);
      await page.getByText(text('offer.source')).waitFor();
      await inspect(page, language);
      await close();
    });

    test('an older link says that a newer mail exists, and goes on', async () => {
      const {page, close} = await open('newer');
      await page.getByText(text('offer.newer')).waitFor();
      await close();
    });

    test('it is accepted with the keyboard alone at 320 px, up to the home page', async () => {
      const {page, close} = await open('keys', {width: 320});
      await keyIn(page, text('field.your_name'), 'Eva Sol');
      await keyIn(page, text('field.new_password'), password);
      await press(page, text('offer.accept'));
      await page.locator('select[name=zone]').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
      await inspect(page, language);
      await page.reload();
      await page.locator('select[name=zone]').waitFor();
      await press(page, text('welcome.submit'));
      await page.waitForURL(`**/p/${system.world.portal}`);
      await page.locator('dl').waitFor();
      await inspect(page, language);
      await page.goBack();
      await heading(page, text('over.accepted'));
      await close();
    });

    test('a password that is too short is refused at once, one that is weak by the server', async () => {
      const {page, calls, close} = await open('weak');
      const field = page.locator('input[name=password]');
      await field.fill('short');
      await page.keyboard.press('Enter');
      await page.locator('.summary').getByText(text('error.password_too_short')).waitFor();
      assert.equal(calls.length, 1);
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      await field.fill('aaaaaaaaaaaaaaaaaaaa');
      await page.keyboard.press('Enter');
      await page.locator('.summary').getByText(text('error.password_repetitive')).waitFor();
      await inspect(page, language);
      await close();
    });

    test('two presses send one request, and a lost answer is asked for again under the same key', async () => {
      const {page, context, calls, close} = await open('twice');
      const keys = [];
      await context.route('**/v1/invitations/accept', async (route) => {
        keys.push(route.request().headers()['idempotency-key']);
        if (keys.length === 1) await route.abort();
        else await route.continue();
      });
      await page.locator('input[name=password]').fill(password);
      await page.evaluate(() => { for (let n = 0; n < 3; n++) document.querySelector('form button.main').click(); });
      await page.locator('form [aria-disabled]').waitFor();
      await page.locator('select[name=zone]').waitFor();
      assert.equal(keys.length, 2);
      assert.equal(new Set(keys).size, 1);
      assert.ok(calls.length > 2);
      await close();
    });

    test('a copied link asks for the mailed code, over a reload and a wrong try', async () => {
      const {page, close} = await open('copied');
      await page.locator('input[name=password]').fill(password);
      await page.keyboard.press('Enter');
      await heading(page, text('code.title'));
      await inspect(page, language);
      await page.reload();
      await heading(page, text('code.title'));
      await page.locator('input[name=code]').fill('1234');
      await page.keyboard.press('Enter');
      await page.locator('.summary').getByText(text('code.shape')).waitFor();
      await page.locator('input[name=code]').fill('0000 0000');
      await page.keyboard.press('Enter');
      await page.locator('.wrong').waitFor();
      await inspect(page, language);
      const address = await page.evaluate(() => document.querySelector('main p').innerText.match(/\S+@\S+\.\w+/)[0]);
      await page.locator('input[name=code]').fill(await mailedCode(system.world, address));
      await page.keyboard.press('Enter');
      await page.locator('select[name=zone]').waitFor();
      await close();
    });

    test('declining asks first, and ends on its own page', async () => {
      const {page, calls, close} = await open('decline');
      await press(page, text('refuse.decline'));
      await heading(page, text('refuse.decline_title'));
      await inspect(page, language);
      assert.equal(calls.length, 1);
      await keyIn(page, /^(Reason|Motivo)/, 'Ya no soy cliente');
      await press(page, text('refuse.decline_submit'));
      await heading(page, text('refuse.decline_done'));
      await inspect(page, language);
      await page.reload();
      await heading(page, text('over.declined'));
      await close();
    });

    test('asking not to be invited again asks first, and can be left', async () => {
      const {page, calls, close} = await open('optout');
      await press(page, text('refuse.optout'));
      await inspect(page, language);
      await press(page, text('refuse.back'));
      await page.getByRole('button', {name: text('offer.accept')}).waitFor();
      assert.equal(calls.length, 1);
      await press(page, text('refuse.optout'));
      await press(page, text('refuse.optout_submit'));
      await heading(page, text('refuse.optout_done'));
      await inspect(page, language);
      await close();
    });

    test('who has a password signs in to accept; a wrong one spends nothing', async () => {
      const {page, close} = await open('member');
      await heading(page, await page.locator('h1').innerText());
      await inspect(page, language);
      await page.getByRole('button', {name: text('signin.forgot')}).click();
      await page.getByRole('button', {name: text('forgot.submit')}).click();
      await page.getByText(text('forgot.sent')).waitFor();
      await inspect(page, language);
      await page.getByRole('button', {name: text('signin.back')}).click();
      await page.locator('input[name=password]').fill('not the password at all');
      await page.keyboard.press('Enter');
      await page.locator('.summary').getByText(text('error.sign_in_failed')).waitFor();
      await page.locator('input[name=password]').fill(password);
      await page.keyboard.press('Enter');
      await page.locator('select[name=zone]').waitFor();
      await close();
    });

    test('who has a password and may enter nowhere yet accepts with it', async () => {
      const {page, calls, close} = await open('barred');
      await page.locator('input[name=password]').fill(password);
      await page.keyboard.press('Enter');
      await page.locator('select[name=zone]').waitFor();
      const {sign_in: signIn, name} = JSON.parse(calls.find(({path}) => path.endsWith('/accept')).body);
      assert.deepEqual([signIn, name], [true, undefined]);
      assert.equal(calls.filter(({path}) => path.endsWith('/sessions')).length, 0);
      await press(page, text('welcome.submit'));
      await page.waitForURL(`**/p/${system.world.portal}`);
      await page.locator('dl').waitFor();
      await close();
    });

    test('a yes to what begins on another day says so, and is no dead end', async () => {
      const {page, close} = await open('later');
      await page.locator('input[name=password]').fill(password);
      await page.keyboard.press('Enter');
      await heading(page, text('welcome.later'));
      await inspect(page, language);
      await page.reload();
      await heading(page, text('over.accepted'));
      await close();
    });

    test('signed in as somebody else: both addresses, and switching goes on', async () => {
      const {page, context, close} = await visit(system, `/p/${system.world.portal}`, {language});
      await signIn(page, system.world.member);
      await page.locator('dl').waitFor();
      const second = await context.newPage();
      await second.goto(`/accept#${system.world.invitations[language].swap}`);
      await heading(second, text('other.title'));
      const seen = await second.locator('main').innerText();
      assert.match(seen, new RegExp(system.world.member.address));
      await inspect(second, language);
      await second.locator('button.main').click();
      await second.locator('input[name=password]').waitFor();
      await close();
    });

    test('an invitation to the team says so', async () => {
      const {page, close} = await open('staff');
      await page.getByText(text('level.member')).waitFor();
      await inspect(page, language);
      await close();
    });

    for (const state of ['accepted', 'declined', 'cancelled', 'expired']) {
      test(`what is ${state} has its own page`, async () => {
        const {page, calls, close} = await open(state);
        await heading(page, text(`over.${state}`));
        await inspect(page, language);
        if (state === 'accepted') await page.getByRole('link', {name: text('over.enter')}).waitFor();
        if (state === 'expired') {
          await press(page, text('over.ask'));
          await page.locator('.notice').waitFor();
          await inspect(page, language);
          assert.equal(calls.at(-1).path, '/v1/invitations/renew');
        }
        await close();
      });
    }

    test('a link nobody knows says what to do', async () => {
      const {page, close} = await visit(system, `/accept#${system.world.workspace}.nothing.at-all`, {language});
      await heading(page, text('over.unknown'));
      await inspect(page, language);
      await close();
    });

    test('an outage is no dead end', async () => {
      const {page, context, close} = await visit(system, '/accept', {language});
      await context.route('**/v1/invitations/open', (route) => route.fulfill({status: 500, json: {code: 'internal'}}));
      await page.evaluate((token) => { location.hash = token; }, system.world.invitations[language].look);
      await heading(page, text('over.trouble'));
      await inspect(page, language);
      await context.unroute('**/v1/invitations/open');
      await press(page, text('over.again'));
      await page.locator('input[name=password]').waitFor();
      await close();
    });
  });

  describe(`other links in ${language}`, async () => {
    const text = await texts(language);

    /** Opens a join link in this language by the switch, whatever the firm's is. */
    async function join(name, options) {
      const visited = await visit(system, `/join#${system.world.joinlinks[language][name]}`, {language, ...options});
      await speak(visited.page, language);
      return visited;
    }

    test('joining by a link with the keyboard alone at 320 px', async () => {
      const {page, close} = await join('keys', {width: 320});
      await inspect(page, language);
      const address = `joins.${language}.${Date.now()}@example.com`;
      await keyIn(page, text('field.address'), address);
      await keyIn(page, text('field.your_name'), 'Eva Sol');
      await keyIn(page, text('field.password'), password);
      await press(page, text('join.submit'));
      await heading(page, text('code.title'));
      assert.equal(new URL(page.url()).hash, '');
      await keyIn(page, text('code.label'), await mailedCode(system.world, address));
      await press(page, text('code.submit'));
      await page.locator('select[name=zone]').waitFor();
      await press(page, text('welcome.submit'));
      await page.waitForURL(`**/p/${system.world.portal}`);
      await page.locator('dl').waitFor();
      await close();
    });

    test('a link with approval ends in waiting, over a reload too', async () => {
      const {page, close} = await join('approval');
      await inspect(page, language);
      const address = `waits.${language}.${Date.now()}@example.com`;
      await page.locator('input[name=address]').fill(address);
      await page.locator('input[name=name]').fill('Eva Sol');
      await page.locator('input[name=password]').fill(password);
      await page.keyboard.press('Enter');
      await heading(page, text('code.title'));
      await page.locator('input[name=code]').fill(await mailedCode(system.world, address));
      await page.keyboard.press('Enter');
      await page.locator('input[name=code]').waitFor({state: 'detached'});
      await inspect(page, language);
      await page.reload();
      await page.locator('h1').waitFor();
      assert.equal(await page.locator('form').count(), 0);
      await close();
    });

    test('an address of another domain is refused at its field', async () => {
      const {page, close} = await join('domains');
      await page.locator('input[name=address]').fill('eva@elsewhere.example');
      await page.locator('input[name=name]').fill('Eva Sol');
      await page.locator('input[name=password]').fill(password);
      await page.keyboard.press('Enter');
      await page.locator('.summary').getByText(text('error.domain_refused')).waitFor();
      await inspect(page, language);
      await close();
    });

    for (const state of ['not_yet', 'over', 'full', 'off']) {
      test(`a join link that is ${state} has its own page`, async () => {
        const {page, close} = await join(state);
        await heading(page, text(`join.${state}`));
        await inspect(page, language);
        await close();
      });
    }

    test('a new password by link, with keys; the link works once', async () => {
      const {page, close} = await visit(system, `/reset?lang=${language}#${system.world.resets[language]}`, {language});
      await heading(page, text('reset.title'));
      await inspect(page, language);
      await keyIn(page, text('field.new_password'), 'another horse battery staple');
      await press(page, text('reset.submit'));
      await heading(page, text('reset.done'));
      await inspect(page, language);
      await page.reload();
      await heading(page, text('reset.title'));
      await page.locator('input[name=password]').fill('a third horse battery staple');
      await page.keyboard.press('Enter');
      await heading(page, text('reset.over'));
      await inspect(page, language);
      await close();
    });

    test('unsubscribing takes a press; loading does nothing', async () => {
      const {page, calls, close} = await visit(system, `/unsubscribe?u=${encodeURIComponent(system.world.stops[language])}&lang=${language}`, {language});
      assert.equal(new URL(page.url()).search, '');
      assert.deepEqual(calls.map(({method}) => method), ['GET']);
      await inspect(page, language);
      await press(page, text('stop.submit'));
      await heading(page, text('stop.done'));
      assert.equal(calls.at(-1).body, 'List-Unsubscribe=One-Click');
      await inspect(page, language);
      await close();
    });

    for (const path of ['/accept', '/join', '/reset', '/unsubscribe']) {
      test(`${path} without a secret says what to do`, async () => {
        const {page, close} = await visit(system, path, {language});
        await heading(page, text('over.unknown'));
        await inspect(page, language);
        await close();
      });
    }
  });
}
