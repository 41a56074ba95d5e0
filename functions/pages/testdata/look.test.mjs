// B14: the firm's look, set in the console and seen at its doors.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {begin, heading, inspect, languages, press, signIn, speak, tabTo, texts, visit} from './browser.mjs';

// A PNG of 64 × 32 pixels in one colour.
const logo = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAEAAAAAgAQMAAACYU+zHAAAAA1BMVEULbk+2MsgTAAAADUlEQVR42mNgGAX4AAABIAAB88VDdwAAAABJRU5ErkJggg==', 'base64');
const footer = 'Garrigues & Vega, S.L.P.\nCIF B-12345678';
const notice = 'https://www.vega.example/privacidad';

let system;
before(async () => { system = await begin(); });
after(() => system.stop());

for (const language of languages) {
  describe(`the firm's look in ${language}`, async () => {
    const text = await texts(language);
    const shot = async (page, name) => {
      if (!process.env.SHOTS) return;
      await page.setViewportSize({width: 320, height: 800});
      await page.screenshot({path: `${process.env.SHOTS}/${name}.${language}.png`, fullPage: true});
    };

    test('B14 colour, footer and notice at 320 px, and the logo', async () => {
      const {page, close} = await visit(system, `/console/${system.world.workspace}`, {language, width: 320});
      await speak(page, language);
      await signIn(page, system.world.admin);
      await page.locator('nav').first().waitFor();
      await page.getByRole('link', {name: text('console.settings'), exact: true}).click();
      await heading(page, text('console.settings'));
      const part = page.locator('section.card').filter({has: page.getByRole('heading', {name: text('look.title'), exact: true})});
      const save = () => part.getByRole('button', {name: text('form.save'), exact: true}).press('Enter');

      await part.getByLabel(text('look.colour'), {exact: false}).first().fill('red');
      await save();
      await part.locator('.summary').getByText(text('error.colour_malformed')).waitFor();
      await part.getByLabel(text('look.colour'), {exact: false}).first().fill('#ffcc00');
      await part.getByLabel(text('look.footer'), {exact: false}).fill(footer);
      await part.getByLabel(text('look.privacy'), {exact: false}).fill('http://vega.example');
      await save();
      await part.locator('.summary').getByText(text('error.privacy_url_malformed')).waitFor();
      await inspect(page, language);
      await part.getByLabel(text('look.privacy'), {exact: false}).fill(notice);
      await save();
      await page.getByText(text('form.saved')).waitFor();
      await page.locator('footer').getByText('CIF B-12345678').waitFor();

      await part.locator('input[type=file]').setInputFiles({name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')});
      await part.getByText(text('error.logo_malformed')).waitFor();
      await part.locator('input[type=file]').setInputFiles({name: 'logo.png', mimeType: 'image/png', buffer: Buffer.alloc(64_001)});
      await part.getByText(text('error.logo_too_large')).waitFor();
      await part.locator('input[type=file]').setInputFiles({name: 'logo.png', mimeType: 'image/png', buffer: logo});
      await page.locator('header img.logo').waitFor();
      assert.equal(await page.locator('header img.logo').evaluate((one) => one.decode().then(() => one.naturalWidth)), 64);
      await tabTo(page, text('look.remove'));
      await inspect(page, language);
      if (process.env.SHOTS) {
        await page.setViewportSize({width: 320, height: 800});
        await part.screenshot({path: `${process.env.SHOTS}/look.${language}.png`});
      }
      await close();
    });

    test('B14 who comes for the firm sees it: at the door, with an invitation, with a join link', async () => {
      const {portal, invitations, joinlinks} = system.world;
      for (const [name, path] of [['portal', `/p/${portal}`], ['accept', `/accept#${invitations[language].look}`], ['join', `/join#${joinlinks[language].open}`]]) {
        const {page, close} = await visit(system, path, {language, width: 320});
        await speak(page, language);
        await page.locator('header img.logo').waitFor();
        await page.locator('footer').getByText('CIF B-12345678').waitFor();
        assert.equal(await page.locator('footer').getByRole('link', {name: text('page.privacy')}).getAttribute('href'), notice);
        assert.equal(await page.evaluate(() => document.documentElement.style.getPropertyValue('--brand')), '#ffcc00');
        await inspect(page, language);
        await shot(page, `look.${name}`);
        await close();
      }
    });

    test('B14 taken away it is gone', async () => {
      const {page, close} = await visit(system, `/console/${system.world.workspace}`, {language, width: 1280});
      await speak(page, language);
      await signIn(page, system.world.admin);
      await page.locator('nav').first().waitFor();
      await page.getByRole('link', {name: text('console.settings'), exact: true}).click();
      await heading(page, text('console.settings'));
      await press(page, text('look.remove'));
      await page.locator('header .mark').waitFor();
      for (const name of ['colour', 'footer', 'privacy_url']) await page.locator(`[name=${name}], [id$=-${name}]`).first().fill('');
      await page.locator('section.card').last().getByRole('button', {name: text('form.save'), exact: true}).click();
      await page.locator('footer').getByText('CIF B-12345678').waitFor({state: 'detached'});
      await close();
    });
  });
}
