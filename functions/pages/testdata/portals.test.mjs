// Portals and roles in the console: all that is set up for a portal, another one, and the life of a role.

import {after, before, describe, test} from 'node:test';
import {begin, heading, inspect, keyIn, languages, press, signIn, speak, texts, visit} from './browser.mjs';

let system;
before(async () => { system = await begin(); });
after(() => system.stop());

for (const language of languages) {
  describe(`portals and roles in ${language}`, async () => {
    const text = await texts(language);
    const optional = (key) => `${text(key)} ${text('form.optional')}`;
    const shot = async (page, name) => { if (process.env.SHOTS) await page.screenshot({path: `${process.env.SHOTS}/${name}.${language}.png`, fullPage: true}); };

    async function enter(options = {}) {
      const visited = await visit(system, `/console/${system.world.workspace}`, {language, width: 320, ...options});
      await speak(visited.page, language);
      await signIn(visited.page, system.world.admin);
      await visited.page.locator('nav').first().waitFor();
      await visited.page.getByRole('link', {name: text('console.portals'), exact: true}).click();
      await heading(visited.page, text('console.portals'));
      return visited;
    }

    test('another portal is opened with a free name after a taken one, with keys alone at 320 px', async () => {
      const {page, close} = await enter();
      await inspect(page, language);
      await shot(page, 'portals');
      await press(page, text('portals.open'));
      await heading(page, text('portals.open'));
      await keyIn(page, optional('portals.title'), `Proveedores ${language}`);
      await keyIn(page, optional('portals.name'), system.world.portal);
      await press(page, text('portals.save'));
      await page.locator('.summary').getByText(text('error.portal_name_taken')).first().waitFor();
      await page.getByText(text('portals.free')).waitFor();
      await inspect(page, language);
      await shot(page, 'newportal');
      const free = page.getByRole('group').getByRole('button').first();
      await free.focus();
      await page.keyboard.press('Enter');
      await press(page, text('portals.save'));
      await heading(page, text('console.portals'));
      await page.getByRole('link', {name: `Proveedores ${language}`}).waitFor();
      await close();
    });

    test('a role is made, changed, and deleted with its people moved; a move that does not get on is resumed', async () => {
      const {page, context, close} = await enter();
      await page.getByRole('main').getByRole('link').first().click();
      await page.getByRole('heading', {name: text('roles.title'), exact: true}).waitFor();
      await inspect(page, language);
      await shot(page, 'portal');
      const name = `Auditor ${language}`;
      await press(page, text('roles.add'));
      await page.getByRole('dialog').waitFor();
      await inspect(page, language);
      await page.getByLabel(text('roles.name'), {exact: true}).fill(name);
      await page.getByLabel(text('roles.seats'), {exact: true}).fill('0');
      await page.getByRole('button', {name: text('roles.create'), exact: true}).click();
      await page.locator('.summary').getByText(text('roles.seats_wrong')).waitFor();
      await page.getByLabel(text('roles.seats'), {exact: true}).fill('7');
      await shot(page, 'newrole');
      await page.getByRole('button', {name: text('roles.create'), exact: true}).click();
      await page.getByText(text('roles.seats_of', {used: '0', seats: '7'})).first().waitFor();

      await page.getByRole('button', {name: text('roles.edit_of', {name}), exact: true}).click();
      await page.getByLabel(text('may.colleague_invite'), {exact: true}).check();
      await page.getByLabel(text('roles.seats'), {exact: true}).fill('8');
      await page.getByRole('button', {name: text('roles.save'), exact: true}).click();
      await page.getByText(text('roles.seats_of', {used: '0', seats: '8'})).first().waitFor();

      await page.getByRole('button', {name: text('roles.delete_of', {name}), exact: true}).click();
      await page.getByRole('dialog').waitFor();
      await page.getByLabel(text('roles.move_to'), {exact: true}).selectOption({index: 1});
      await inspect(page, language);
      await shot(page, 'deleterole');
      let trouble = true;
      await context.route(/\/jobs\/job_\w+$/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({response, json: {...await response.json(), ...(trouble ? {state: 'waiting', reason: 'trouble', done: 0} : {})}});
      });
      await context.route(/\/jobs\/job_\w+\/resume$/, async (route) => { trouble = false; await route.fulfill({json: {}}); });
      await page.getByRole('dialog').getByRole('button', {name: text('roles.delete'), exact: true}).click();
      await page.getByText(text('roles.stopped', {done: '0'})).waitFor();
      await page.getByRole('heading', {name}).waitFor({state: 'detached'});
      await inspect(page, language);
      await shot(page, 'stuckmove');
      await press(page, text('roles.resume'));
      await page.getByText(text('roles.moved', {done: '0'})).waitFor();
      await inspect(page, language);
      await shot(page, 'moved');
      await close();
    });
  });
}
