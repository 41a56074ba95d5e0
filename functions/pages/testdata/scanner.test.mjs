// Row M1 and statement D20 with a real browser: what mail gateways that run scripts, press buttons and submit forms do to a
// mailed link, tab beside tab in one browser. Nothing is spent, nobody is signed in, and then the person gets in. The
// profiles without a browser are infra/rehearsal/scanner.
//
// It needs a running system: make test-pages starts one.

import {test} from 'node:test';
import assert from 'node:assert/strict';
import {launch} from './browser.mjs';
import {crowd} from './real.mjs';
import {password} from './world.mjs';

const invitations = 100; // issue 3 part 5
const tabs = 6;
const byHand = 3; // of the people get in by the page itself, the rest by the API that it calls

const controls = 'main :is(button, a, input, textarea, select)';

/** What each robot does with the page of a link that it has just opened. `again` loads it once more. */
const robots = {
  async 'runs scripts and looks again'(page, again) {
    await page.mouse.wheel(0, 4000);
    await again();
  },
  async 'presses every button and link'(page, again) {
    const count = await page.locator(controls).count();
    assert.ok(count > 4, 'there is something to press');
    for (let n = 0; n < count; n++) {
      const one = page.locator(controls).nth(n);
      if (await one.evaluate((element) => /BUTTON|A/.test(element.tagName))) {
        await one.click();
        await again();
      }
    }
  },
  async 'submits the form empty'(page) {
    const fields = page.locator('form input:not([readonly])');
    for (let n = 0; n < await fields.count(); n++) {
      await fields.nth(n).fill('');
      await fields.nth(n).press('Enter');
    }
    await page.locator('form button.main').click();
    await page.evaluate(() => document.querySelectorAll('form').forEach((form) => form.requestSubmit()));
  },
  async 'fills in whatever it makes up and submits'(page, again, made) {
    for (let round = 0; round < 3; round++) {
      const fields = page.locator('form input:not([readonly])');
      for (let n = 0; n < await fields.count(); n++) await fields.nth(n).fill(made());
      await page.locator('form button.main').click();
      await page.locator('form:not([aria-busy])').waitFor();
    }
  },
};

/** Pressing every button loads the page as often: one invitation in ten gets that. */
const robotOf = (n) => {
  const [runs, presses, empty, fills] = Object.values(robots);
  return n % 10 === 0 ? presses : [runs, empty, fills][n % 3];
};

/** What form fillers and scanners are known for, and letters at random up to what they call a strong password. The seed is
 *  the invitation's number. */
function madeUp(seed) {
  const known = ['test', 'test@example.com', 'Password1!', '1234567890123456', 'aaaaaaaaaaaaaaaaaaaa', '<script>alert(1)</script>', 'https://example.com',
    '555-555-0199@example.com', 'sample@email.tst', 'g00dPa$$w0rD', '5543!%arachni_secret', 'passwordpassword'];
  let state = seed + 1;
  const draw = (n) => { state = (state * 48_271) % 2_147_483_647; return state % n; }; // Park and Miller's generator
  return () => (draw(2) ? known[draw(known.length)] : Array.from({length: 1 + draw(14)}, () => String.fromCharCode(33 + draw(94))).join(''));
}

test(`D20 a browser that is no person spends none of ${invitations} invitations, and each person gets in`, async () => {
  const {PAGES_BASE: base, PAGES_INBOX: inbox} = process.env;
  assert.ok(base && inbox, 'no system to test: make test-pages starts one');
  const [browser, firm] = await Promise.all([launch(), crowd(base, inbox, invitations)]);
  try {
    const context = await browser.newContext({baseURL: base, locale: 'es', reducedMotion: 'reduce'});
    const sent = new Set();
    context.on('request', (request) => {
      const {pathname} = new URL(request.url());
      if (request.method() === 'POST') sent.add(pathname);
    });
    await side(firm.people, tabs, async (person, n) => scan(context, person.link, robotOf(n), madeUp(n)));
    assert.deepEqual(await context.cookies(), [], 'a robot got a cookie');
    assert.deepEqual([...sent].filter((path) => !/\/(open|accept)$/.test(path)), [], 'a robot sent more than the form that accepts');
    for (const {link} of firm.people) {
      assert.equal((await firm.call('POST', '/invitations/open', {token: token(link)})).state, 'pending');
    }
    assert.equal((await firm.own('GET', '/members')).items.length, 0);
    await side(firm.people, 2, async (person, n) => (n < byHand ? enter(browser, base, person) : accept(firm, person)));
  } finally {
    await browser.close();
  }
});

const token = (link) => link.split('#')[1];

/** Does one thing for all, so many at a time. */
async function side(all, width, each) {
  let next = 0;
  await Promise.all(Array.from({length: width}, async () => {
    while (next < all.length) {
      const n = next++;
      await each(all[n], n);
    }
  }));
}

async function scan(context, link, robot, made) {
  const page = await context.newPage();
  const formed = () => page.locator('form').waitFor();
  await page.goto(link);
  await formed();
  await robot(page, () => page.reload().then(formed), made);
  await page.close();
}

async function accept(firm, person) {
  const {session, token: bearer} = await firm.call('POST', '/invitations/accept', {token: token(person.link), password, name: 'Eva Sol'});
  assert.ok(session && bearer, 'no session');
}

/** Accepts as people do: on the page, with a password of one's own. */
async function enter(browser, base, {link}) {
  const context = await browser.newContext({baseURL: base, locale: 'es', reducedMotion: 'reduce'});
  const page = await context.newPage();
  await page.goto(link);
  await page.locator('input[name=name]').fill('Eva Sol');
  await page.locator('input[name=password]').fill(password);
  await page.locator('form button.main').click();
  await page.locator('select[name=zone]').waitFor();
  assert.equal((await context.cookies()).length, 1, 'the person has no session');
  await context.close();
}
