import { request, type IncomingMessage } from 'node:http';
import { beforeAll, expect, test } from 'vitest';
import { url } from './console';

let data: string;

beforeAll(async () => {
  const { dataPort } = (await (await fetch(`${url}/console.json`)).json()) as { dataPort: number };
  data = `http://${new URL(url).hostname}:${dataPort}`;
});

/** The head of an answer; fetch would not let a test say what its origin is. */
function head(to: string, method: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(to, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer);
    })
      .on('error', reject)
      .end();
  });
}

test('the page is fetched anew each time, framed by nobody, and runs no script but its own', async () => {
  const { headers, statusCode } = await head(`${url}/`, 'GET');
  expect(statusCode).toBe(200);
  expect(headers['cache-control']).toBe('no-cache');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain(`connect-src 'self' ${data};`);
  expect(policy).not.toContain('unsafe');
});

test('a host that is none gets into no policy', async () => {
  const { headers } = await head(`${url}/`, 'GET', { Host: "a; script-src 'unsafe-inline'" });
  expect(String(headers['content-security-policy'] ?? '')).not.toContain('unsafe');
});

test('assets are kept, and no path leads out of them', async () => {
  const page = await (await fetch(`${url}/`)).text();
  const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
  const { headers, statusCode } = await head(`${url}/${script}`, 'HEAD');
  expect(statusCode).toBe(200);
  expect(headers['cache-control']).toContain('immutable');
  for (const path of ['/assets/none.js', '/assets/../index.html', '/assets/%2e%2e/index.html', '/assets/']) {
    expect((await head(url + path, 'GET')).statusCode).toBe(404);
  }
});

test('the data port lets the console read its answers, and no other page', async () => {
  const preflight = {
    'Access-Control-Request-Method': 'PUT',
    'Access-Control-Request-Headers': 'authorization',
  };
  const own = await head(`${data}/b-1250000000/k`, 'OPTIONS', { Origin: url, ...preflight });
  expect(own.statusCode).toBe(204);
  expect(own.headers['access-control-allow-origin']).toBe(url);
  expect(own.headers['access-control-allow-headers']).toBe('authorization');
  expect(own.headers['access-control-allow-credentials']).toBeUndefined();
  const refused = await head(`${data}/`, 'GET', { Origin: url });
  expect(refused.statusCode).toBe(403);
  expect(refused.headers['access-control-allow-origin']).toBe(url);
  for (const origin of ['http://evil.example:9001', data, 'null', `${url}.evil.example`]) {
    expect(
      (await head(`${data}/`, 'GET', { Origin: origin })).headers['access-control-allow-origin'],
    ).toBeUndefined();
    const other = await head(`${data}/b-1250000000/k`, 'OPTIONS', { Origin: origin, ...preflight });
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
  }
});
