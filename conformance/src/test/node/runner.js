'use strict';
// Runs cases, each with a bucket of its own, and prints one JSON line a case: {"case", "ok", "message"}.

const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const COS = require('cos-nodejs-sdk-v5');

const address = process.env.COFFER_ADDRESS;
const Region = process.env.COFFER_REGION;
const appid = process.env.COFFER_APPID;
const scratch = process.env.COFFER_SCRATCH;

// What the SDK has to say goes where it cannot be taken for a result.
console.log = console.warn = console.info = console.error;

const cases = [];

function add(name, run) {
  cases.push({ name, run });
}

/** A client that keeps the names of the real service and reaches the server by address. */
function client(options = {}) {
  return new COS({
    SecretId: process.env.COFFER_SECRET_ID,
    SecretKey: process.env.COFFER_SECRET_KEY,
    // By https the proxy that the environment names leads to the server.
    ...(process.env.HTTPS_PROXY ? {} : { Protocol: 'http:', Ip: address }),
    AutoSwitchHost: false,
    ConfCwd: scratch,
    ...options,
  });
}

/** Bytes that differ from block to block. */
function pattern(size) {
  const blocks = Array.from({ length: Math.floor(size / 16) + 1 }, (_, i) => String(i).padStart(15, '0') + '\n');
  return Buffer.from(blocks.join('')).subarray(0, size);
}

class Context {
  constructor(name) {
    const words = name.replace(/[^a-z0-9]+/g, '-').slice(0, 8).replace(/-+$/, '');
    const tail = crypto.createHash('md5').update(name).digest('hex').slice(0, 6);
    this.at = { Bucket: `js-${words}-${tail}-${appid}`, Region };
    this.host = `${this.at.Bucket}.cos.${Region}.myqcloud.com`;
    this.cos = client();
    this.folder = path.join(scratch, tail);
    fs.mkdirSync(this.folder, { recursive: true });
  }

  put(Key, Body, more = {}) {
    return this.cos.putObject({ ...this.at, Key, Body, ...more });
  }

  async get(Key, more = {}) {
    return (await this.cos.getObject({ ...this.at, Key, ...more })).Body;
  }

  file(name, size) {
    const file = path.join(this.folder, name);
    fs.writeFileSync(file, pattern(size));
    return file;
  }
}

/** Awaits a call that must be refused so; hands back the error. */
async function refused(statusCode, code, call) {
  let error;
  try {
    await call;
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error, 'not refused');
  assert.deepEqual([error.statusCode, error.code], [statusCode, code], error.message);
  return error;
}

async function main() {
  for (const { name, run } of cases) {
    const result = { case: name, ok: true, message: '' };
    try {
      const context = new Context(name);
      await context.cos.putBucket(context.at);
      await run(context);
    } catch (error) {
      result.ok = false;
      result.message = String((error && error.stack) || JSON.stringify(error)) + '\n' + JSON.stringify(error);
    }
    process.stdout.write(JSON.stringify(result) + '\n');
  }
  process.exit(0);
}

module.exports = { add, address, appid, assert, client, main, pattern, refused, Region };
