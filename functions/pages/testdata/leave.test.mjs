// Staff life: who leaves names who goes on, and everybody of staff chooses how they hear of answers.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {heading, inspect, languages, launch, press, signIn, speak, tabTo, texts, visit} from './browser.mjs';
import {crowd, mail} from './real.mjs';
import {password} from './world.mjs';

const {PAGES_BASE: base, PAGES_INBOX: inbox, SHOTS} = process.env;
const stamp = Date.now().toString(36);

let system;
before(async () => {
  const [browser, firm] = await Promise.all([launch(), crowd(base, inbox, 1)]);
  system = {browser, firm, world: {base, inbox, workspace: firm.workspace, admin: firm.admin}};
});
after(() => system?.browser.close());

for (const language of languages) {
  describe(`staff life in ${language}`, async () => {
    const text = await texts(language);

    /** Somebody new of the staff. */
    async function colleague(name) {
      const address = `${name.replace(' ', '.')}.${stamp}@firm.example`;
      await system.firm.own('POST', '/staff/invitations', {address, level: 'member', name, language});
      const token = await mail(inbox, address, /\/accept#(\S+)/);
      await fetch(`${base}/v1/invitations/accept`, {method: 'POST', headers: {'Content-Type': 'application/json', Origin: base},
        body: JSON.stringify({token, password, name, profile: {language}})});
      return {address, password};
    }

    async function enter(who, view) {
      const visited = await visit(system, `/console/${system.world.workspace}`, {language, width: 320});
      await speak(visited.page, language);
      await signIn(visited.page, who);
      await visited.page.locator('nav').first().waitFor();
      await visited.page.getByRole('link', {name: text(`console.${view}`), exact: true}).click();
      await heading(visited.page, text(view === 'me' ? 'me.title' : `console.${view}`));
      return visited;
    }

    test('an admin removes a colleague and says who goes on, with keys alone', async () => {
      const name = `Luis ${language}`;
      await colleague(name);
      const {page, calls, close} = await enter(system.world.admin, 'team');
      await tabTo(page, text('team.level_of', {name}));
      await page.getByRole('combobox', {name: text('team.level_of', {name})}).selectOption('none');
      await press(page, text('team.change_of', {name}));
      await page.getByText(text('leave.about')).waitFor();
      await inspect(page, language);
      if (SHOTS) await page.screenshot({path: `${SHOTS}/leave.${language}.png`});
      await press(page, text('leave.remove'));
      await page.locator('.told p').getByText(text('leave.done', {name})).waitFor();
      assert.equal(await page.getByRole('combobox', {name: text('team.level_of', {name})}).count(), 0);
      assert.match(calls.findLast(({method}) => method === 'PATCH').body, /"successor":"idn_/);
      await close();
    });

    test('the last admin is told why not; a member of staff leaves, and is signed out', async () => {
      const marta = await colleague(`Marta ${language}`);
      const admin = await enter(system.world.admin, 'me');
      await press(admin.page, text('leave.self'));
      await admin.page.getByLabel(text('leave.successor')).selectOption({label: `Marta ${language}`});
      await press(admin.page, text('leave.go'));
      await admin.page.locator('.summary').getByText(text('error.last_admin')).waitFor();
      await inspect(admin.page, language);
      await admin.close();
      const {page, close} = await enter(marta, 'me');
      await press(page, text('leave.self'));
      await page.getByText(text('leave.mine')).waitFor();
      await press(page, text('leave.go'));
      await page.locator('.summary').waitFor(); // nobody was chosen
      await page.getByLabel(text('leave.successor')).selectOption({index: 1});
      await press(page, text('leave.go'));
      await page.getByRole('button', {name: text('signin.submit')}).waitFor();
      await close();
    });

    test('how staff hear of answers', async () => {
      const {page, close} = await enter(system.world.admin, 'me');
      const section = page.locator('section', {hasText: text('notices.how')});
      const choice = section.getByLabel(text('notices.how'));
      await choice.selectOption('digest');
      await section.getByRole('button', {name: text('form.save')}).click();
      await page.locator('.told p').getByText(text('form.saved')).waitFor();
      await page.reload();
      await choice.waitFor();
      assert.equal(await choice.inputValue(), 'digest');
      await inspect(page, language);
      if (SHOTS) await section.screenshot({path: `${SHOTS}/notices.${language}.png`});
      await close();
    });
  });
}
