// Ways in beside the password alone: the second factor of staff, the mailed code of members.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {begin, heading, inspect, keyIn, languages, mailedCode, press, signIn, speak, texts, visit} from './browser.mjs';
import {password} from './world.mjs';

let system;
before(async () => { system = await begin(); });
after(() => system?.stop());

/** What an authenticator app shows for a secret (RFC 6238, six digits every 30 seconds). */
function shown(secret, now = Date.now()) {
  const bits = [...secret].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

for (const language of languages) {
  describe(`ways in, in ${language}`, async () => {
    const text = await texts(language);

    async function console(view) {
      const visited = await visit(system, `/console/${system.world.workspace}`, {language, width: 320});
      await speak(visited.page, language);
      await signIn(visited.page, system.world.admin);
      if (view) {
        await visited.page.getByRole('link', {name: text(`console.${view}`), exact: true}).click();
        await heading(visited.page, text(view === 'me' ? 'me.title' : `console.${view}`));
      }
      return visited;
    }

    test('staff set up a second factor with keys alone, sign in with it, and take it away', async () => {
      const {page, close} = await console('me');
      await press(page, text('factor.set_up'));
      await press(page, text('factor.begin'));
      await page.locator('svg.qr path').waitFor();
      await inspect(page, language);
      const secret = (await page.locator('code.secret').innerText()).replaceAll(' ', '');
      await keyIn(page, text('ways.second'), '000000');
      await page.locator('.qr ~ form input[name=password]').fill(password);
      await press(page, text('factor.confirm'));
      await page.locator('.summary').getByText(text('error.second_factor_wrong')).waitFor();
      await keyIn(page, text('ways.second'), shown(secret));
      await press(page, text('factor.confirm'));
      await page.locator('.codes code').first().waitFor();
      await inspect(page, language);
      const codes = await page.locator('.codes code').allInnerTexts();
      await press(page, text('factor.kept'));
      await page.getByRole('button', {name: text('factor.remove')}).waitFor();
      await inspect(page, language);
      await page.getByRole('button', {name: text('page.sign_out')}).click();
      await page.getByRole('button', {name: text('signin.submit')}).waitFor();
      await signIn(page, system.world.admin);
      await page.getByText(text('ways.second_about')).waitFor();
      await inspect(page, language);
      await keyIn(page, text('ways.second'), codes[0]);
      await page.keyboard.press('Enter');
      await page.getByRole('link', {name: text('console.me'), exact: true}).click();
      await heading(page, text('me.title'));
      await press(page, text('factor.remove'));
      await page.getByText(text('factor.remove_about')).waitFor();
      const form = page.locator('section', {hasText: text('factor.remove_about')});
      await form.locator('input[name=password]').fill(password);
      await form.locator('input[name=code]').fill(codes[1]);
      await form.getByRole('button', {name: text('factor.remove')}).click();
      await page.getByRole('button', {name: text('factor.set_up')}).waitFor();
      await close();
    });

    test('a member signs in by a mailed code, once the firm allows it', async () => {
      const staff = await console('settings');
      const allowed = staff.page.getByLabel(text('settings.code_sign_in'));
      await allowed.check();
      await staff.page.getByRole('button', {name: text('form.save')}).first().click();
      await staff.page.locator('.told p').getByText(text('form.saved')).waitFor();
      await staff.close();
      const {page, close} = await visit(system, `/p/${system.world.portal}`, {language, width: 320});
      await speak(page, language);
      await press(page, text('signin.by_mail'));
      await page.getByText(text('ways.mail_about')).waitFor();
      await inspect(page, language);
      await keyIn(page, text('field.address'), system.world.member.address);
      await press(page, text('ways.mail_submit'));
      await page.locator('input[name=code]').waitFor();
      await inspect(page, language);
      await keyIn(page, text('code.label'), await mailedCode(system.world, system.world.member.address));
      await page.keyboard.press('Enter');
      await page.locator('dl').waitFor();
      assert.equal(await page.getByText(system.world.member.address).count() > 0, true);
      await close();
    });
  });
}
