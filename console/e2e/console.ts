import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];
const FLAGS_TOO = ['--disable-component-update', '--disable-sync'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run this by ConsoleIT, or say where the server is`);
  return value;
}

export const url = variable('COFFER_CONSOLE_URL');
export const appId = variable('COFFER_APPID');
export const secretId = variable('COFFER_SECRET_ID');
const adminToken = variable('COFFER_ADMIN_TOKEN');
export const secretKey = variable('COFFER_SECRET_KEY');

export function browser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...FLAGS, ...FLAGS_TOO],
  });
}

/** Opens the console as a person would who prefers this theme and language; whatever the page complains of fails. */
export async function open(of: Browser, theme: 'light' | 'dark' = 'light', locale = 'en-US'): Promise<Page> {
  const context = await of.newContext({
    colorScheme: theme,
    locale,
    viewport: { width: 1280, height: 800 },
    bypassCSP: false,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('console', (message) => {
    if (/Content Security Policy|Uncaught/.test(message.text()))
      complaints.push(`${message.text()} ${JSON.stringify(message.location())}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  return page;
}

/** What pages said of violated policies and of errors that nobody caught. */
export const complaints: string[] = [];

export async function signIn(page: Page, id = secretId, key = secretKey) {
  await page.fill('input[autocomplete=username]', id);
  await page.fill('input[type=password]', key);
  await page.press('input[type=password]', 'Enter');
  await page.waitForSelector('.shell');
}

/** Asks the admin API about the account. */
export async function admin(method: string, path: string, body: unknown): Promise<Record<string, string>> {
  const answer = await fetch(`${url}/admin/v1/accounts/${appId}${path}`, {
    method,
    headers: { Authorization: `Bearer ${adminToken}` },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer.status === 204 ? {} : ((await answer.json()) as Record<string, string>);
}

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

/** No finding of axe that is serious or worse. */
export async function expectAccessible(page: Page) {
  const findings = (await page.evaluate(
    `(async () => { const module = { exports: {} }; (function (module, exports) { ${AXE} })(module, module.exports);` +
      ' const found = await (window.axe ?? module.exports).run(document);' +
      ' return found.violations.map(({ id, impact, nodes }) => ({ id, impact, nodes })); })()',
  )) as Finding[];
  const serious = findings.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`)),
  ).toEqual([]);
}

/** Keeps a picture, if the environment says where. */
export async function picture(page: Page, name: string) {
  if (process.env.COFFER_PICTURES) {
    await page.screenshot({ path: `${process.env.COFFER_PICTURES}/${name}.png`, caret: 'initial' });
  }
}
