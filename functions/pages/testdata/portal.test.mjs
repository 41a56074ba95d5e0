// The portal: signing in, the member's home and profile; the page at the root; what is not there; the size of a first load.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {begin, heading, inspect, keyIn, languages, press, signIn, speak, tabTo, texts, visit} from './browser.mjs';
import {password} from './world.mjs';

const budget = 60_000; // bytes, uncompressed: issue 2

let system;
before(async () => { system = await begin(); });
after(() => system?.stop());

for (const language of languages) {
  describe(`the portal in ${language}`, async () => {
    const text = await texts(language);

    /** Opens the portal in this language by its switch, whatever the firm's or the member's is. */
    async function open(options) {
      const visited = await visit(system, `/p/${system.world.portal}`, {language, ...options});
      await speak(visited.page, language);
      await visited.page.getByRole('button', {name: text('signin.submit')}).waitFor();
      return visited;
    }

    async function enter(options) {
      const visited = await open(options);
      await signIn(visited.page, system.world.member);
      await visited.page.locator('dl').waitFor();
      return visited;
    }

    test('a wrong password is one sentence, and the right one leads home, with keys alone at 320 px', async () => {
      const {page, close} = await open({width: 320});
      await inspect(page, language);
      await press(page, text('signin.submit'));
      await page.locator('.summary').getByText(text('form.empty')).first().waitFor();
      await keyIn(page, text('field.address'), system.world.member.address);
      await keyIn(page, text('field.password'), 'not the password at all');
      await press(page, text('signin.submit'));
      await page.locator('.summary').getByText(text('error.sign_in_failed')).waitFor();
      await inspect(page, language);
      await keyIn(page, text('field.password'), system.world.member.password);
      await page.keyboard.press('Enter');
      await page.locator('dl').waitFor();
      await inspect(page, language);
      await page.reload();
      await page.locator('dl').waitFor();
      await press(page, text('page.sign_out'));
      await page.getByRole('button', {name: text('signin.submit')}).waitFor();
      await close();
    });

    test('a forgotten password gets the same answer for every address', async () => {
      const answers = [];
      for (const address of [system.world.member.address, 'nobody@nowhere.example']) {
        const {page, close} = await open();
        await press(page, text('signin.forgot'));
        await keyIn(page, text('field.address'), address);
        await inspect(page, language);
        await press(page, text('forgot.submit'));
        await page.locator('.notice').waitFor();
        answers.push(await page.locator('main').innerText());
        await inspect(page, language);
        await press(page, text('signin.back'));
        await page.locator('input[name=password]').waitFor();
        await close();
      }
      assert.equal(answers[0], answers[1]);
    });

    test('the password can be shown and hidden', async () => {
      const {page, close} = await open();
      await page.locator('input[name=password]').fill('visible');
      await press(page, text('password.show'));
      assert.equal(await page.locator('input[name=password]').getAttribute('type'), 'text');
      assert.equal(await page.getByRole('button', {name: text('password.show')}).getAttribute('aria-pressed'), 'true');
      await close();
    });

    test('the home says whom to ask, and changes the account', async () => {
      const {page, close} = await enter();
      const seen = await page.locator('dl').innerText();
      for (const key of ['home.portal', 'home.account', 'home.role', 'home.ask', 'home.invited_by']) assert.match(seen, new RegExp(text(key)));
      const before = await page.locator('dl').innerText();
      await tabTo(page, new RegExp(`^${text('home.use_account', {account: ''})}`));
      await page.keyboard.press('Enter');
      await page.waitForFunction((was) => document.querySelector('dl')?.innerText !== was, before);
      await inspect(page, language);
      await close();
    });

    test('the profile is saved, and its language counts from then on', async () => {
      const {page, close} = await enter();
      await press(page, text('home.me'));
      await heading(page, text('me.title'));
      await inspect(page, language);
      await page.locator('select[name=language]').selectOption(language);
      await page.locator('select[name=time_format]').selectOption('12h');
      await page.locator('select[name=zone]').selectOption('America/Bogota');
      await page.locator('form').first().getByRole('button', {name: text('form.save')}).click();
      await page.locator('.told p').getByText(text('form.saved')).waitFor();
      await page.reload();
      await heading(page, text('me.title'));
      assert.equal(await page.locator('select[name=zone]').inputValue(), 'America/Bogota');
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
      await close();
    });

    test('mail can be switched off and on', async () => {
      const {page, close} = await enter();
      await press(page, text('home.me'));
      for (const wanted of [false, true]) {
        await tabTo(page, text('me.mails'));
        await page.keyboard.press('Space');
        await tabTo(page, text('form.save'));
        await page.keyboard.press('Enter');
        await page.locator('.told p').getByText(text('form.saved')).waitFor();
        await page.reload();
        await heading(page, text('me.title'));
        assert.equal(await page.locator('input[name=mails], .tick input').isChecked(), wanted);
      }
      await close();
    });

    test('the password is changed only by who knows the old one', async () => {
      const {page, close} = await enter();
      await page.getByRole('link', {name: text('home.me')}).click();
      const [old, fresh] = [page.locator('input[name=old]'), page.locator('input[name=new]')];
      await old.fill('not the password at all');
      await fresh.fill(password);
      await fresh.press('Enter');
      await page.locator('.summary').getByText(text('error.sign_in_failed')).waitFor();
      await inspect(page, language);
      await old.fill(system.world.member.password);
      await fresh.fill('aaaaaaaaaaaaaaaaaaaa');
      await fresh.press('Enter');
      await page.locator('.summary').getByText(text('error.password_repetitive')).waitFor();
      await fresh.fill('a quite different long password');
      await fresh.press('Enter');
      await page.locator('.told p').getByText(text('me.password_changed')).waitFor();
      await old.fill('a quite different long password');
      await fresh.fill(system.world.member.password);
      await fresh.press('Enter');
      await page.waitForFunction(() => document.querySelector('input[name=old]').value === '');
      await close();
    });

    test('one session is ended, then all', async () => {
      const other = await enter();
      const {page, close} = await enter();
      await page.getByRole('link', {name: text('home.me')}).click();
      await heading(page, text('me.title'));
      await page.locator('.rows li').nth(1).waitFor();
      const theirs = page.locator('.rows li', {hasNotText: text('me.this_one')}).first();
      const count = await page.locator('.rows li').count();
      await theirs.getByRole('button').click();
      await page.locator('.told p').getByText(text('me.session_ended')).waitFor();
      await page.waitForFunction((wanted) => document.querySelectorAll('.rows li').length === wanted, count - 1);
      await press(page, text('me.end_all'));
      await page.getByRole('button', {name: text('signin.submit')}).waitFor();
      await other.page.reload();
      await other.page.getByRole('button', {name: text('signin.submit')}).waitFor();
      await other.close();
      await close();
    });

    test('a session that is lost leads back to signing in, and says so', async () => {
      const {page, context, close} = await enter();
      await context.clearCookies();
      await page.getByRole('link', {name: text('home.me')}).click();
      await page.locator('.told p').getByText(text('error.sign_in_required')).waitFor();
      await page.getByRole('button', {name: text('signin.submit')}).waitFor();
      await inspect(page, language);
      await close();
    });

    test('staff without access to the portal are shown the way', async () => {
      const {page, close} = await open();
      await signIn(page, system.world.admin);
      await page.waitForURL('**/console/**');
      await page.locator('h1').waitFor();
      await page.goto(`/p/${system.world.portal}`);
      await page.getByRole('link', {name: text('signin.staff')}).waitFor();
      await inspect(page, language);
      await close();
    });

    for (const path of ['/p/no-such-portal', '/console/ws_nothing']) {
      test(`${path} says that nothing is there`, async () => {
        const {page, close} = await visit(system, path, {language});
        await heading(page, text('over.place'));
        await inspect(page, language);
        await close();
      });
    }

    test('the root says what runs here, in the language of the browser', async () => {
      const {page, close} = await visit(system, '/', {language});
      await heading(page, text('index.title'));
      await inspect(page, language);
      await close();
    });
  });
}

test('a path that is no page is a page of its own, in both languages', async () => {
  const {page, close} = await visit(system, '/nothing/here');
  await inspect(page, 'en');
  await close();
});

test('a first load stays in the budget', async () => {
  const {en} = system.world.invitations;
  for (const path of ['/', `/accept#${en.look}`, `/accept#${en.expired}`, `/join#${system.world.joinlinks.en.open}`, `/p/${system.world.portal}`,
    `/console/${system.world.workspace}`]) {
    const context = await system.browser.newContext({baseURL: system.world.base});
    const page = await context.newPage();
    const bodies = [];
    page.on('response', (response) => { if (!response.url().includes('/v1/')) bodies.push(response.body()); });
    await page.goto(path);
    await page.locator('h1').waitFor();
    await page.waitForLoadState('networkidle');
    const size = (await Promise.all(bodies)).reduce((sum, body) => sum + body.length, 0);
    assert.ok(size > 20_000 && size < budget, `${path}: ${size} bytes`);
    await context.close();
  }
});
