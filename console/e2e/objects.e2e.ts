import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, appId, browser, complaints, expectAccessible, open, picture, signIn, url } from './console';

const MANY = Number(process.env.COFFER_MANY ?? 100_000);
const PART = 8 * 1024 * 1024;
const bucket = `objects-${appId}`;
const kept = `versions-${appId}`;
const closed = `closed-${appId}`;
const folder = mkdtempSync(join(tmpdir(), 'console-'));
let chromium: Browser;
let page: Page;
let data: string;

beforeAll(async () => {
  chromium = await browser();
  page = await open(chromium);
  page.on('dialog', (dialog) => void dialog.accept());
  const { dataPort } = (await (await fetch(`${url}/console.json`)).json()) as { dataPort: number };
  data = `http://${new URL(url).hostname}:${dataPort}`;
  await signIn(page);
  for (const [name, acl, isKept] of [
    ['objects', 'public-read-write', false],
    ['versions', 'public-read-write', true],
    ['closed', 'private', false],
  ] as const) {
    await page.getByRole('button', { name: 'Create bucket' }).click();
    await page.getByRole('textbox', { name: 'Bucket name' }).fill(name);
    await page.getByLabel('Who may read').selectOption(acl);
    if (isKept) await page.getByText('Keep all versions').click();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: `${name}-${appId}` }).waitFor();
  }
});

afterAll(async () => {
  await chromium.close();
  rmSync(folder, { recursive: true });
});

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/** Anybody may write here, so that filling a bucket takes no signatures. */
function put(key: string, body = '', type = 'text/plain', into = bucket): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) };
    request(`${data}/${into}/${key}`, { method: 'PUT', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`${key}: ${answer.statusCode ?? 0}`));
      });
    })
      .on('error', reject)
      .end(body);
  });
}

const row = (name: string) => page.getByRole('row', { name });
const openFile = (name: string) => row(name).getByRole('button', { name }).click();
const visit = (where: string) => page.goto(`${url}/#/buckets/${where}`);

test('an empty bucket says what to do', async () => {
  await page.getByRole('link', { name: bucket }).click();
  await page.getByText('This bucket is empty').waitFor();
  await expectAccessible(page);
});

test('files and folders are uploaded, and browsed', async () => {
  writeFileSync(join(folder, 'hello.txt'), 'hello <script>window.broken = 1</script>');
  mkdirSync(join(folder, 'tree/inner'), { recursive: true });
  writeFileSync(join(folder, 'tree/a.txt'), 'a');
  writeFileSync(join(folder, 'tree/inner/b.txt'), 'b');
  await page.setInputFiles('input[data-of=files]', join(folder, 'hello.txt'));
  await row('hello.txt').waitFor();
  await page.setInputFiles('input[data-of=folder]', join(folder, 'tree'));
  await row('tree/').getByRole('button').click();
  await row('a.txt').waitFor();
  await row('inner/').getByRole('button').click();
  await row('b.txt').waitFor();
  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link', { name: 'tree' }).click();
  await row('inner/').waitFor();
});

test('a dropped file is uploaded into the folder in sight', async () => {
  const transfer = await page.evaluateHandle(() => {
    const made = new DataTransfer();
    made.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
    return made;
  });
  await page.dispatchEvent('.objects', 'drop', { dataTransfer: transfer });
  await row('dropped.txt').waitFor();
});

test('an upload that a reload interrupts goes on where it was', async () => {
  await visit(`${bucket}/large/`);
  const file = join(folder, 'large.bin');
  writeFileSync(file, Buffer.alloc(6 * PART, 'coffer'));
  let sent = 0;
  await page.route('**/*partNumber=*', async (route) => {
    if (sent++ < 2) await route.continue();
    // The others hang, as on a line that broke.
  });
  await page.setInputFiles('input[data-of=files]', file);
  await page.getByText('16.0 MiB / 48.0 MiB').waitFor();
  await page.reload();
  await page.getByText('This folder is empty').waitFor();
  await page.unroute('**/*partNumber=*');
  const parts: string[] = [];
  page.on('request', (asked) => {
    if (asked.url().includes('partNumber=')) parts.push(asked.url());
  });
  await page.setInputFiles('input[data-of=files]', file);
  await row('large.bin').waitFor();
  expect(parts.length).toBe(4);
});

test('an upload pauses, goes on and is cancelled', async () => {
  await visit(`${bucket}/paused/`);
  const file = join(folder, 'large.bin');
  await page.route('**/*partNumber=*', () => undefined);
  await page.setInputFiles('input[data-of=files]', file);
  await page.getByRole('button', { name: 'Pause paused/large.bin' }).click();
  await page.getByText('paused at').waitFor();
  await page.getByRole('button', { name: 'Go on with paused/large.bin' }).click();
  await page.getByRole('button', { name: 'Cancel paused/large.bin' }).click();
  await page.getByRole('button', { name: 'Cancel paused/large.bin' }).waitFor({ state: 'detached' });
  await page.unroute('**/*partNumber=*');
  await page.getByText('This folder is empty').waitFor();
});

test('a folder is created', async () => {
  await visit(`${bucket}/tree/`);
  await page.getByRole('button', { name: 'Create folder' }).click();
  await page.getByRole('textbox', { name: 'Folder name' }).fill('new');
  await page.keyboard.press('Enter');
  await row('new/').waitFor();
});

test('one object is saved as it is, several as an archive', async () => {
  await row('a.txt').getByRole('checkbox').click();
  const one = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await one).suggestedFilename()).toBe('a.txt');
  expect(readFileSync((await (await one).path()) ?? '', 'utf8')).toBe('a');
  await row('inner/').getByRole('checkbox').click();
  const several = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const archive = await several;
  expect(archive.suggestedFilename()).toBe('tree.zip');
  const bytes = readFileSync(await archive.path(), 'latin1');
  expect(bytes).toContain('inner/b.txt');
});

test('what is chosen by keyboard is deleted, folders with all in them', async () => {
  await visit(`${bucket}/tree/`);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+a');
  await page.getByText('4 chosen').waitFor();
  await page.keyboard.press('Delete');
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('This folder is empty').waitFor();
  await page.reload();
  await page.getByText('This folder is empty').waitFor();
});

test('nothing that an object holds runs in the console', async () => {
  const script = '<script>window.broken = 1; top.broken = 1</script>';
  await put('unsafe/page.html', `<h1>shown as text</h1>${script}`, 'text/html');
  await put(
    'unsafe/drawing.svg',
    `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="90">${script}<circle r="40" cx="50" cy="45"/></svg>`,
    'image/svg+xml',
  );
  await put('unsafe/not.pdf', `<h1>no pdf</h1>${script}`, 'application/pdf');
  await visit(`${bucket}/unsafe/`);
  await openFile('page.html');
  await page.getByText('<h1>shown as text</h1>').waitFor();
  await page.keyboard.press('Escape');
  await openFile('drawing.svg');
  await page.waitForFunction(
    () => (document.querySelector('img.preview') as HTMLImageElement).naturalWidth > 0,
  );
  await page.keyboard.press('Escape');
  await openFile('not.pdf');
  const frame = page.locator('iframe.preview');
  await frame.waitFor();
  expect(new URL((await frame.getAttribute('src')) ?? '').origin).toBe(data);
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => 'broken' in window)).toBe(false);
  await page.keyboard.press('Escape');
});

test('an object tells of itself, takes tags, gives links, and moves', async () => {
  await visit(`${bucket}/`);
  await openFile('hello.txt');
  const drawer = page.getByRole('dialog', { name: 'hello.txt' });
  await drawer.getByText('hello <script>').waitFor();
  await drawer.getByRole('tab', { name: 'Preview' }).focus();
  await page.keyboard.press('ArrowRight');
  await drawer.getByText('x-cos-hash-crc64ecma').waitFor();
  await drawer.getByRole('tab', { name: 'Tags' }).click();
  await drawer.getByRole('button', { name: 'Add a tag' }).click();
  await drawer.getByLabel('Tag', { exact: true }).fill('stage');
  await drawer.getByLabel('Value').fill('one two');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Tags saved').waitFor();
  await page.keyboard.press('Escape');
  await openFile('hello.txt');
  await drawer.getByRole('tab', { name: 'Tags' }).click();
  await expect.poll(() => drawer.getByLabel('Value').inputValue()).toBe('one two');
  await drawer.getByRole('tab', { name: 'Link' }).click();
  const address = await drawer.getByRole('textbox', { name: 'Link' }).inputValue();
  expect(await (await fetch(address)).text()).toContain('hello');
  await expectAccessible(page);
  await drawer.getByRole('button', { name: 'Copy or move' }).click();
  await page.getByRole('textbox', { name: 'As the key' }).fill('moved/hello ü+1.txt');
  await page.getByText('Delete the original').click();
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await row('moved/').waitFor();
  await expect.poll(() => row('hello.txt').count()).toBe(0);
});

test('versions are listed, restored and deleted', async () => {
  await put('text.txt', 'first', 'text/plain', kept);
  await put('text.txt', 'second', 'text/plain', kept);
  await visit(`${kept}/`);
  await row('text.txt').getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('This bucket is empty').waitFor();
  await page.getByText('Show versions').click();
  await expect.poll(() => row('text.txt').count()).toBe(3);
  await picture(page, 'versions');
  await expectAccessible(page);
  await row('text.txt').last().getByRole('button').click();
  const drawer = page.getByRole('dialog', { name: 'text.txt' });
  await drawer.getByText('first').waitFor();
  await drawer.getByRole('tab', { name: 'Versions' }).click();
  await drawer.getByRole('button', { name: 'Restore' }).last().click();
  await expect.poll(() => drawer.locator('.versions li').count()).toBe(4);
  expect(await (await fetch(`${data}/${kept}/text.txt`)).text()).toBe('first');
  await drawer.getByRole('button', { name: 'Delete' }).first().click();
  await page.getByRole('dialog', { name: 'Delete' }).getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => drawer.locator('.versions li').count()).toBe(3);
  expect((await fetch(`${data}/${kept}/text.txt`)).status).toBe(404);
  await picture(page, 'versions-drawer');
  await page.keyboard.press('Escape');
});

test('a user without rights signs in, and is told plainly what is refused', async () => {
  await admin('POST', '/users', { name: 'guest' });
  const { secretId = '', secretKey = '' } = await admin('POST', '/keys', { user: 'guest' });
  const guest = await open(chromium);
  await signIn(guest, secretId, secretKey);
  await guest.getByRole('alert').getByText('Your key may not do this').waitFor();
  expect(await guest.getByRole('link', { name: 'Overview' }).count()).toBe(0);
  await guest.goto(`${url}/#/overview`);
  await guest.getByText('for the root user of the first account').waitFor();
  await guest.goto(`${url}/#/buckets/${closed}/`);
  await guest.getByRole('alert').getByText('AccessDenied').waitFor();
  await picture(guest, 'refused');
  await expectAccessible(guest);
  await guest.evaluate(() => {
    sessionStorage.setItem('coffer.session', '{damaged');
  });
  await guest.reload();
  await guest.waitForSelector('.sign-in');
  await guest.context().close();
});

test(
  'a folder of very many is browsed without a pause',
  async () => {
    const began = Date.now();
    let next = 0;
    const work = async () => {
      for (let at = next++; at < MANY; at = next++) await put(`many/${String(at).padStart(7, '0')}`);
    };
    await Promise.all(Array.from({ length: 32 }, work));
    const filled = Date.now() - began;
    await visit(`${bucket}/`);
    await page.evaluate(() => {
      const pauses: number[] = [];
      Object.assign(window, { pauses });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) pauses.push(entry.duration);
      }).observe({ type: 'longtask' });
    });
    await row('many/').getByRole('button').click();
    await row('0000000').waitFor();
    const scrolled = Date.now();
    for (;;) {
      await page.locator('.grid').evaluate((grid) => {
        grid.scrollTo({ top: grid.scrollHeight });
      });
      if (await page.getByText(`${MANY.toLocaleString('en-US')} entries`, { exact: true }).isVisible()) break;
      await page.waitForTimeout(10);
    }
    await page.locator('.grid').evaluate((grid) => {
      grid.scrollTo({ top: grid.scrollHeight });
    });
    await row(String(MANY - 1).padStart(7, '0')).waitFor();
    expect(await page.locator('.grid-body > *').count()).toBeLessThan(60);
    const pauses = await page.evaluate(() => (window as unknown as { pauses: number[] }).pauses);
    console.log(
      `${MANY} filled in ${filled} ms, scrolled through in ${Date.now() - scrolled} ms,` +
        ` longest task ${Math.max(0, ...pauses)} ms of ${pauses.length}`,
    );
    expect(Math.max(0, ...pauses)).toBeLessThan(200);
    await page.getByRole('searchbox').fill('00000');
    await expect.poll(() => page.locator('.grid-foot').textContent()).toBe('100 entries');
    await page.getByRole('searchbox').fill('none');
    await page.getByText('Nothing here begins with “none”').waitFor();
  },
  MANY * 20 + 60_000,
);

for (const [theme, locale] of [
  ['light', 'en-US'],
  ['dark', 'zh-CN'],
] as const) {
  test(`objects are accessible, ${theme}, ${locale}`, async () => {
    const seen = await open(chromium, theme, locale);
    await signIn(seen);
    await seen.goto(`${url}/#/buckets/${bucket}/unsafe/`);
    await seen.locator('.grid-body .grid-row').nth(2).waitFor();
    await seen.locator('.grid-body input').first().click();
    await picture(seen, `objects-${theme}-${locale}`);
    await expectAccessible(seen);
    await seen.setViewportSize({ width: 400, height: 720 });
    await picture(seen, `objects-narrow-${theme}-${locale}`);
    await expectAccessible(seen);
    await seen.setViewportSize({ width: 1280, height: 800 });
    await seen.locator('.grid-name button').first().click();
    await seen.locator('img.preview').waitFor();
    for (const tab of ['preview', 'details', 'tags', 'versions', 'link']) {
      await seen.waitForSelector('.tab .waiting', { state: 'detached' });
      await picture(seen, `drawer-${tab}-${theme}-${locale}`);
      await expectAccessible(seen);
      await seen.locator('[role=tab][aria-selected=true]').press('ArrowRight');
    }
    await seen.context().close();
  });
}

test('no page broke its security policy or failed', () => {
  expect(complaints).toEqual([]);
});
