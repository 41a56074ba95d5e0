// Access by credentials: a user name and a temporary password by mail, changed at the first sign-in. And a second factor whose
// password was set anew by mail.

import {after, before, describe, test} from 'node:test';
import {inspect, keyIn, languages, launch, press, signIn, speak, texts, visit} from './browser.mjs';
import {crowd, mail} from './real.mjs';

const {PAGES_BASE: base, PAGES_INBOX: inbox, SHOTS} = process.env;
const stamp = Date.now().toString(36);

let system;
before(async () => {
  const [browser, firm] = await Promise.all([launch(), crowd(base, inbox, 1)]);
  system = {browser, firm, world: {base, inbox, workspace: firm.workspace, portal: firm.portalName}};
});
after(() => system?.browser.close());

for (const language of languages) {
  describe(`access by credentials in ${language}`, async () => {
    const text = await texts(language);
    const shot = async (page, name) => SHOTS && page.screenshot({path: `${SHOTS}/${name}-${language}.png`, fullPage: true});

    async function open(path) {
      const visited = await visit(system, path, {language, width: 320});
      await speak(visited.page, language);
      return visited;
    }

    test('a temporary password is changed at the first sign-in, with keys alone', async () => {
      const address = `paula.${language}.${stamp}@sol.example`;
      await system.firm.own('POST', '/invitations', {portal: system.firm.portal, by: 'credentials', lines: [{address, language}]});
      const temporary = await mail(inbox, address, /^ {4}(\d{4} \d{4} \d{4} \d{4})$/m);
      const {page, close} = await open(`/p/${system.firm.portalName}`);
      await signIn(page, {address, password: temporary});
      await page.getByText(text('ways.temporary')).waitFor();
      await inspect(page, language);
      await shot(page, 'own');
      await keyIn(page, text('field.new_password'), 'short');
      await page.keyboard.press('Enter');
      await page.locator('.summary').waitFor();
      await keyIn(page, text('field.new_password'), 'and the way I walk as well');
      await page.keyboard.press('Enter');
      await page.locator('dl').waitFor();
      await close();
    });

    test('a firm chooses how its clients get their access', async () => {
      const {page, close} = await open(`/console/${system.firm.workspace}#/settings`);
      await signIn(page, system.firm.admin);
      await page.goto(`/console/${system.firm.workspace}#/settings`);
      await page.getByLabel(text('settings.access_by')).selectOption('credentials');
      await inspect(page, language);
      await press(page, text('form.save'));
      await page.locator('.told p').getByText(text('form.saved')).waitFor();
      await page.getByLabel(text('settings.access_by')).selectOption('link');
      await press(page, text('form.save'));
      await close();
    });
  });
}
