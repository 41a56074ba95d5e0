// A client invites people of their own account, where firm and role allow it; the firm turns that on, and what switching access on sends.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {heading, inspect, keyIn, languages, launch, press, signIn, speak, tabTo, texts, visit} from './browser.mjs';
import {crowd, mail} from './real.mjs';
import {password} from './world.mjs';

const {PAGES_BASE: base, PAGES_INBOX: inbox, SHOTS} = process.env;
const stamp = Date.now().toString(36);

let system;
before(async () => {
  const [browser, firm] = await Promise.all([launch(), crowd(base, inbox, 1)]);
  system = {browser, firm, world: {base, inbox, workspace: firm.workspace, portal: firm.portalName}};
});
after(() => system?.browser.close());

for (const language of languages) {
  describe(`colleagues in ${language}`, async () => {
    const text = await texts(language);
    const shot = async (page, name) => SHOTS && page.screenshot({path: `${SHOTS}/${name}-${language}.png`, fullPage: true});

    async function open(path) {
      const visited = await visit(system, path, {language, width: 320});
      await speak(visited.page, language);
      return visited;
    }

    test('the firm lets clients invite, and sends by the switch', async () => {
      const {page, close} = await open(`/console/${system.firm.workspace}#/settings`);
      await signIn(page, system.firm.admin);
      await page.goto(`/console/${system.firm.workspace}#/settings`);
      for (const name of ['settings.switch_sends', 'settings.colleagues']) {
        await page.getByLabel(text(name)).check();
      }
      await inspect(page, language);
      await shot(page, 'settings');
      await press(page, text('form.save'));
      await page.locator('.told p').getByText(text('form.saved')).waitFor();
      const {settings} = await system.firm.own('GET', '');
      assert.ok(settings.switch_sends && settings.colleagues);
      await system.firm.own('PATCH', '', {settings: {switch_sends: false, colleagues: false}});
      await close();
    });

    test('switching access on says whether it was sent', async () => {
      await system.firm.own('PATCH', '', {settings: {switch_sends: true}});
      const account = await system.firm.own('POST', '/accounts', {name: 'Bodegas Sol'});
      for (const [name, address] of [['Eva', ''], ['Mia', `mia.${language}.${stamp}@sol.example`]]) {
        const contact = await system.firm.own('POST', '/contacts', {name, ...(address && {address}), accounts: [account.id]});
        await system.firm.own('POST', `/accounts/${account.id}/contacts/${contact.id}/grants`, {portal: system.firm.portal, sign_in: false});
      }
      const {page, close} = await open(`/console/${system.firm.workspace}#/account/${account.id}`);
      await signIn(page, system.firm.admin);
      await page.goto(`/console/${system.firm.workspace}#/account/${account.id}`);
      const turn = (name) => page.getByRole('list', {name: new RegExp(name)}).getByLabel(text('switch.sign_in')).click();
      await turn('Eva');
      await page.locator('.told p').getByText(text('reason.contact_without_address')).waitFor();
      await shot(page, 'unsent');
      await turn('Mia');
      await page.locator('.told p').getByText(text('switches.sent')).waitFor();
      await mail(inbox, `mia.${language}.${stamp}@sol.example`, /\/accept#(\S+)/);
      await inspect(page, language);
      await system.firm.own('PATCH', '', {settings: {switch_sends: false}});
      await close();
    });

    test('a client invites a colleague, mails them again and takes it back, with keys alone', async () => {
      const address = `lia.${language}.${stamp}@sol.example`;
      await system.firm.own('POST', '/invitations', {portal: system.firm.portal, lines: [{address, language}]});
      const token = await mail(inbox, address, /\/accept#(\S+)/);
      await fetch(`${base}/v1/invitations/accept`, {method: 'POST', headers: {'Content-Type': 'application/json', Origin: base},
        body: JSON.stringify({token, password, name: 'Lia Sol', profile: {language}})});
      const {page, close} = await open(`/p/${system.firm.portalName}`);
      await signIn(page, {address, password});
      await page.locator('dl').waitFor();
      assert.equal(await page.getByRole('link', {name: text('home.colleagues')}).count(), 0);
      await system.firm.own('PATCH', '', {settings: {colleagues: true}});
      const {items: [role]} = await system.firm.own('GET', `/roles?portal=${system.firm.portal}`);
      await system.firm.own('PATCH', `/roles/${role.id}`, {may: ['own.profile', 'colleague.invite']});
      await page.reload();
      await page.locator('dl').waitFor();
      await press(page, text('home.colleagues'));
      await heading(page, text('colleagues.title'));
      await page.getByText(text('colleagues.none')).waitFor();
      await inspect(page, language);
      await keyIn(page, text('field.address'), 'nonsense');
      await page.keyboard.press('Enter');
      await page.locator('.summary').waitFor();
      const luis = `luis.${language}.${stamp}@sol.example`;
      await keyIn(page, text('field.address'), luis);
      await tabTo(page, new RegExp(`^${text('colleagues.name')}`));
      await page.keyboard.type('Luis');
      await page.keyboard.press('Enter');
      await page.locator('.told p').getByText(text('colleagues.sent', {address: luis})).waitFor();
      await page.locator('.rows li').waitFor();
      await inspect(page, language);
      await shot(page, 'colleagues');
      const link = await mail(inbox, luis, /\/accept#(\S+)/);
      const invited = await open(`/accept#${link}`);
      await invited.page.getByRole('heading', {level: 1}).getByText('Lia Sol').waitFor();
      await inspect(invited.page, language);
      await shot(invited.page, 'invited');
      await invited.close();
      await press(page, text('colleagues.resend_to', {who: 'Luis'}));
      await page.locator('.told p').getByText(text('colleagues.resend_done', {who: 'Luis'})).waitFor();
      await press(page, text('colleagues.cancel_of', {who: 'Luis'}));
      await page.getByText(text('colleagues.none')).waitFor();
      await system.firm.own('PATCH', '', {settings: {colleagues: false}});
      await close();
    });
  });
}
