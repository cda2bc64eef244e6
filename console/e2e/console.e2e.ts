import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  appId,
  browser,
  complaints,
  expectAccessible,
  open,
  picture,
  secretId,
  signIn,
  url,
} from './console';

let chromium: Browser;
let page: Page;

beforeAll(async () => {
  chromium = await browser();
  page = await open(chromium);
});

afterAll(async () => {
  await chromium.close();
});

test('a wrong key is refused with what is wrong', async () => {
  await page.fill('input[autocomplete=username]', secretId);
  await page.fill('input[type=password]', 'wrong');
  await page.press('input[type=password]', 'Enter');
  await page.getByRole('alert').getByText('SignatureFailure').waitFor();
});

test('a key signs in and is kept nowhere', async () => {
  await signIn(page);
  const kept = await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]));
  expect(kept).toContain('AKID');
  expect(kept).not.toContain(process.env.COFFER_SECRET_KEY);
  await page.reload();
  await page.waitForSelector('.shell');
});

test('a bucket is created by keyboard, found and deleted', async () => {
  await page.getByRole('button', { name: 'Create bucket' }).press('Enter');
  await page.getByRole('textbox', { name: 'Bucket name' }).fill('Wrong');
  await page.keyboard.press('Enter');
  await page.getByText('Only small letters').waitFor();
  await page.getByRole('textbox', { name: 'Bucket name' }).fill('console-test');
  await page.keyboard.press('Enter');
  await page.getByRole('rowheader', { name: `console-test-${appId}` }).waitFor();
  await page.getByRole('searchbox').fill('no such');
  await page.getByText('No bucket has this').waitFor();
  await page.getByRole('searchbox').fill('console-test');
  await page.getByRole('button', { name: `Delete bucket console-test-${appId}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('rowheader', { name: `console-test-${appId}` }).waitFor({ state: 'detached' });
});

test('a dialog is left by Escape', async () => {
  await page.getByRole('button', { name: 'Create bucket' }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('the overview tells of the server', async () => {
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('rowheader', { name: 'Checks what is stored' }).waitFor();
});

for (const theme of ['light', 'dark'] as const) {
  for (const locale of ['en-US', 'zh-CN']) {
    test(`all pages are accessible, ${theme}, ${locale}`, async () => {
      const seen = await open(chromium, theme, locale);
      const name = `${theme}-${locale}`;
      await seen.waitForSelector('form');
      await picture(seen, `sign-in-${name}`);
      await expectAccessible(seen);
      await signIn(seen);
      await seen.waitForSelector('.page-head');
      await seen.waitForSelector('.waiting', { state: 'detached' });
      await picture(seen, `buckets-${name}`);
      await expectAccessible(seen);
      await seen.locator('.page-head button').first().click();
      await seen.waitForSelector('dialog[open]');
      await picture(seen, `create-bucket-${name}`);
      await expectAccessible(seen);
      await seen.goto(`${url}/#/overview`);
      await seen.waitForSelector('.facts');
      await picture(seen, `overview-${name}`);
      await expectAccessible(seen);
      await seen.context().close();
    });
  }
}

test('signing out forgets the keys', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForSelector('.sign-in');
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test('no page broke its security policy or failed', () => {
  expect(complaints).toEqual([]);
});
