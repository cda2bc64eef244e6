'use strict';
// Serves the page from an origin of its own, opens it in Chromium and prints what it has become.

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const [bucket, closed] = process.argv.slice(2);
const FILES = {
  '/page.html': ['text/html', 'page.html'],
  '/page.js': ['text/javascript', 'page.js'],
  '/cos-js-sdk-v5.min.js': ['text/javascript', 'node_modules/cos-js-sdk-v5/dist/cos-js-sdk-v5.min.js'],
};

const pages = http.createServer((request, response) => {
  const file = FILES[new URL(request.url, 'http://page').pathname];
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': file[0] });
  return fs.createReadStream(path.join(__dirname, file[1])).pipe(response);
});

pages.listen(0, '127.0.0.1', () => {
  const query = new URLSearchParams({
    bucket,
    closed,
    region: process.env.COFFER_REGION,
    id: process.env.COFFER_SECRET_ID,
    key: process.env.COFFER_SECRET_KEY,
  });
  const chromium = spawn(
    'chromium',
    [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      `--user-data-dir=${path.join(process.env.COFFER_SCRATCH, 'chromium')}`,
      // The SDK keeps the names of the real service.
      `--host-resolver-rules=MAP *.myqcloud.com:80 ${process.env.COFFER_ADDRESS}`,
      '--virtual-time-budget=60000', '--dump-dom', `http://127.0.0.1:${pages.address().port}/page.html?${query}`,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  chromium.on('error', (error) => {
    console.error(error);
    process.exit(1);
  });
  setTimeout(() => chromium.kill('SIGKILL'), 120000).unref();
  chromium.on('exit', (code) => process.exit(code === null ? 1 : code));
});
