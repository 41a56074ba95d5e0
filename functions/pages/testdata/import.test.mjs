// Importing a list in the console: the dry run, the job and its report.

import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {begin, heading, inspect, languages, signIn, speak, texts, visit} from './browser.mjs';

const sample = new URL('../../../events/bulk/people.csv', import.meta.url).pathname;

let system;
before(async () => { system = await begin(); });
after(() => system.stop());

for (const language of languages) {
  describe(`importing in ${language}`, async () => {
    const text = await texts(language);
    const shot = async (page, name) => {
      if (process.env.SHOTS) await page.screenshot({path: `${process.env.SHOTS}/${name}.${language}.png`, fullPage: true});
    };

    test('a file is looked at, imported and reported', async () => {
      const {page, close} = await visit(system, `/console/${system.world.workspace}`, {language, width: 320});
      await speak(page, language);
      await signIn(page, system.world.admin);
      await page.locator('nav').first().waitFor();
      await page.getByRole('link', {name: text('console.import'), exact: true}).click();
      await heading(page, text('console.import'));
      await page.getByRole('button', {name: text('import.look')}).click();
      await page.locator('.summary').waitFor();
      await page.locator('#file').setInputFiles(sample);

      await page.waitForFunction(() => document.querySelector('textarea[name=body]').value.includes('talleres-norte'));
      await page.locator('details summary').filter({hasText: text('import.columns')}).click();
      await inspect(page, language);
      await shot(page, 'import');
      await page.locator('select[name=access]').selectOption('grant');
      await page.getByRole('button', {name: text('import.look')}).click();
      await heading(page, text('import.preview'));
      await page.getByText(text('import.look_at', {count: language === 'en' ? 2 : 8})).waitFor();
      await inspect(page, language);
      await shot(page, 'dryrun');
      await page.getByRole('button', {name: text('importstart.grant')}).click();
      await heading(page, text('import.job'));
      await page.getByText(text('jobstate.done'), {exact: true}).locator('visible=true').first().waitFor();
      await inspect(page, language);
      await shot(page, 'job');
      const saving = page.waitForEvent('download');
      await page.getByRole('button', {name: text('import.report')}).click();
      const file = await readFile(await (await saving).path(), 'utf8');
      assert.match(file, /^row,address,verdict,code,detail,account,contact,invitation\r\n/);
      assert.equal(file.trim().split('\r\n').length, 9);
      await close();
    });
  });
}
