'use strict';
// Serves a page from an origin of its own, opens it in Chromium and prints what it has become. By https, if HTTPS_PROXY
// leads to the server, it gives the page temporary keys, as the server of an application does.

const { spawn } = require('node:child_process');
const crypto = require('node:crypto');
const { once } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const tls = require('node:tls');

const STS = require('qcloud-cos-sts');

const [page, bucket, closed] = process.argv.slice(2);
const address = process.env.COFFER_ADDRESS;
const region = process.env.COFFER_REGION;
const FILES = {
  [`/${page}.html`]: ['text/html', `${page}.html`],
  [`/${page}.js`]: ['text/javascript', `${page}.js`],
  '/cases.js': ['text/javascript', 'cases.js'],
  '/cos-js-sdk-v5.min.js': ['text/javascript', 'node_modules/cos-js-sdk-v5/dist/cos-js-sdk-v5.min.js'],
};

/** For uploads and downloads below one prefix; which uploads there are is asked of the bucket. */
function temporaryKeys() {
  const resource = `qcs::cos:${region}:uid/${process.env.COFFER_APPID}:${bucket}/`;
  const actions = ['PutObject', 'GetObject', 'InitiateMultipartUpload', 'ListParts', 'UploadPart', 'CompleteMultipartUpload'];
  return STS.getCredential({
    secretId: process.env.COFFER_SECRET_ID,
    secretKey: process.env.COFFER_SECRET_KEY,
    region,
    durationSeconds: 1800,
    policy: {
      version: '2.0',
      statement: [
        { effect: 'allow', action: actions.map((name) => `name/cos:${name}`), resource: [`${resource}allowed/*`] },
        { effect: 'allow', action: ['name/cos:ListMultipartUploads'], resource: [`${resource}*`] },
      ],
    },
  });
}

/**
 * The switch by which Chromium believes the server. It has none for a CA, so it is told the key of the certificates,
 * which Node.js, trusting the CA, has verified.
 */
async function trust() {
  if (!process.env.HTTPS_PROXY) return [];
  const [host, port] = address.split(':');
  const socket = tls.connect({ host, port, servername: 'service.cos.myqcloud.com' });
  await once(socket, 'secureConnect');
  const key = socket.getPeerX509Certificate().publicKey.export({ type: 'spki', format: 'der' });
  socket.destroy();
  return [`--ignore-certificate-errors-spki-list=${crypto.createHash('sha256').update(key).digest('base64')}`];
}

const pages = http.createServer(async (request, response) => {
  if (request.url === '/sts') {
    try {
      return response.end(JSON.stringify(await temporaryKeys()));
    } catch (error) {
      console.error(error);
      return response.writeHead(500).end();
    }
  }
  const file = FILES[new URL(request.url, 'http://page').pathname];
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': file[0] });
  return fs.createReadStream(path.join(__dirname, file[1])).pipe(response);
});

pages.listen(0, '127.0.0.1', async () => {
  const query = new URLSearchParams({
    bucket,
    region,
    // With temporary keys a page has no others.
    ...(closed && { closed, id: process.env.COFFER_SECRET_ID, key: process.env.COFFER_SECRET_KEY }),
  });
  const chromium = spawn(
    'chromium',
    [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      `--user-data-dir=${path.join(process.env.COFFER_SCRATCH, 'chromium')}`,
      // The SDK keeps the names of the real service.
      `--host-resolver-rules=MAP *.myqcloud.com:80 ${address},MAP *.myqcloud.com:443 ${address}`,
      ...(await trust()),
      '--virtual-time-budget=60000', '--dump-dom', `http://127.0.0.1:${pages.address().port}/${page}.html?${query}`,
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
