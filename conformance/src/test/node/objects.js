'use strict';
// Objects: bytes, headers, keys, lists, copies.

const fs = require('node:fs');
const path = require('node:path');
const { add, assert, pattern, refused } = require('./runner.js');

const KEYS = [
  'a//b', 'a/./b', 'a/../b', './a', 'a/.', 'folder/', 'with space/ and more ', 'plus+and+plus', '100%', '%2F', 'a%2Fb',
  'emoji-😀', '旅行/第 1 天+晚餐*.jpg', 'quotes\'"`', 'amp&lt<gt>', 'a?b=c#d', 'semi;colon=equals:at@',
  'brackets[]{}()|\\^~!$,', 'x'.repeat(850),
];

add('keeps bytes of every kind', async (t) => {
  await t.put('bytes', Buffer.from([0, 255, 128]));
  await t.put('text', '旅行');
  await t.put('empty', '');
  const file = t.file('up', 300001);
  await t.put('stream', fs.createReadStream(file), { ContentLength: 300001 });
  assert.deepEqual(await t.get('bytes'), Buffer.from([0, 255, 128]));
  assert.equal(String(await t.get('text')), '旅行');
  assert.equal((await t.get('empty')).length, 0);
  assert.deepEqual(await t.get('stream'), pattern(300001));
});

add('answers checksums', async (t) => {
  const { ETag, headers } = await t.put('k', '123456789');
  assert.equal(ETag, '"25f9e794323b453885f5181f1b624d0b"');
  assert.equal(headers['x-cos-hash-crc64ecma'], '11051210869376104954');
});

// The SDK sends an empty Cache-Control, and signs it, when it is given none.
add('keeps an empty header out of the object', async (t) => {
  await t.put('k', 'x');
  const { headers } = await t.cos.headObject({ ...t.at, Key: 'k' });
  assert.ok(!headers['cache-control'], headers['cache-control']);
});

add('keeps headers and metadata', async (t) => {
  await t.put('k', 'x', {
    ContentType: 'text/css',
    CacheControl: 'max-age=5',
    ContentDisposition: 'inline',
    StorageClass: 'STANDARD_IA',
    Headers: { 'x-cos-meta-name': 'Li Lei' },
  });
  const { headers } = await t.cos.headObject({ ...t.at, Key: 'k' });
  assert.equal(headers['content-type'], 'text/css');
  assert.equal(headers['cache-control'], 'max-age=5');
  assert.equal(headers['content-disposition'], 'inline');
  assert.equal(headers['x-cos-storage-class'], 'STANDARD_IA');
  assert.equal(headers['x-cos-meta-name'], 'Li Lei');
});

add('reads ranges, overrides and conditions', async (t) => {
  const { ETag } = await t.put('k', '123456789');
  assert.equal(String(await t.get('k', { Range: 'bytes=2-4' })), '345');
  const { headers } = await t.cos.getObject({ ...t.at, Key: 'k', ResponseContentType: 'text/html' });
  assert.equal(headers['content-type'], 'text/html');
  // To this SDK only the date makes a 304 an answer.
  await refused(304, '304', t.cos.headObject({ ...t.at, Key: 'k', IfNoneMatch: ETag }));
  const later = new Date(Date.now() + 60000).toUTCString();
  const same = await t.cos.headObject({ ...t.at, Key: 'k', IfModifiedSince: later });
  assert.equal(same.NotModified, true);
  await refused(412, 'PreconditionFailed', t.get('k', { IfMatch: '"0"' }));
  await refused(416, 'InvalidRange', t.get('k', { Range: 'bytes=9-' }));
});

add('keeps encrypted what is asked to be', async (t) => {
  const prefix = 'x-cos-server-side-encryption';
  const customer = {
    [`${prefix}-customer-algorithm`]: 'AES256',
    [`${prefix}-customer-key`]: Buffer.alloc(32, 'k').toString('base64'),
    [`${prefix}-customer-key-MD5`]: 'mT2HRsMGJ5IX5C+0rreZ8Q==',
  };
  for (const [Key, Headers] of [['cos', { [prefix]: 'AES256' }], ['kms', { [prefix]: 'cos/kms' }]]) {
    await t.put(Key, pattern(700001), { Headers });
    assert.equal((await t.cos.headObject({ ...t.at, Key })).headers[prefix], Headers[prefix]);
    assert.deepEqual(await t.get(Key), pattern(700001));
  }
  await t.put('customer', pattern(700001), { Headers: customer });
  assert.deepEqual(await t.get('customer', { Headers: customer, Range: 'bytes=65000-66000' }),
    pattern(700001).subarray(65000, 66001));
  await refused(400, 'SsecDecryptHeaderInvalid', t.get('customer'));
});

add('encrypts as the bucket says', async (t) => {
  const Rule = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }];
  await t.cos.putBucketEncryption({ ...t.at, ServerSideEncryptionConfiguration: { Rule } });
  // The SDK looks for another root element, and hands out what it got beside its own empty list.
  const { ServerSideEncryptionConfiguration } = await t.cos.getBucketEncryption(t.at);
  assert.match(JSON.stringify(ServerSideEncryptionConfiguration), /"SSEAlgorithm":"AES256"/);
  const { ETag } = await t.put('k', '123456789');
  assert.equal(ETag, '"25f9e794323b453885f5181f1b624d0b"');
  const { headers } = await t.cos.headObject({ ...t.at, Key: 'k' });
  assert.equal(headers['x-cos-server-side-encryption'], 'AES256');
  await t.cos.deleteBucketEncryption(t.at);
  assert.equal((await t.cos.getBucketEncryption(t.at)).statusCode, 404);
});

add('writes into a stream', async (t) => {
  await t.put('k', pattern(200000));
  const file = path.join(t.folder, 'down');
  await t.cos.getObject({ ...t.at, Key: 'k', Output: fs.createWriteStream(file) });
  assert.deepEqual(fs.readFileSync(file), pattern(200000));
});

add('keeps awkward keys', async (t) => {
  for (const key of KEYS) {
    await t.put(key, key);
    assert.equal(String(await t.get(key)), key);
    await t.cos.headObject({ ...t.at, Key: key });
  }
  const { Contents } = await t.cos.getBucket(t.at);
  assert.deepEqual(Contents.map((found) => found.Key).sort(), [...KEYS].sort());
  const encoded = await t.cos.getBucket({ ...t.at, EncodingType: 'url' });
  assert.deepEqual(encoded.Contents.map((found) => decodeURIComponent(found.Key)).sort(), [...KEYS].sort());
  const { Deleted } = await t.cos.deleteMultipleObject({ ...t.at, Objects: KEYS.map((Key) => ({ Key })) });
  assert.deepEqual(Deleted.map((deleted) => deleted.Key).sort(), [...KEYS].sort());
  assert.equal((await t.cos.getBucket(t.at)).Contents.length, 0);
});

add('lists by prefix and delimiter', async (t) => {
  for (const key of ['a', 'd/1', 'd/2', 'd/e f/3', 'g+h']) await t.put(key, 'x');
  const top = await t.cos.getBucket({ ...t.at, Delimiter: '/' });
  assert.deepEqual(top.Contents.map((found) => found.Key), ['a', 'g+h']);
  assert.deepEqual(top.CommonPrefixes.map((found) => found.Prefix), ['d/']);
  const below = await t.cos.getBucket({ ...t.at, Prefix: 'd/', Delimiter: '/' });
  assert.deepEqual(below.CommonPrefixes.map((found) => found.Prefix), ['d/e f/']);
  assert.equal(below.IsTruncated, 'false');
});

add('pages a list', async (t) => {
  const keys = Array.from({ length: 7 }, (_, i) => `k ${i}+`);
  for (const key of keys) await t.put(key, '');
  const seen = [];
  let Marker = '';
  for (;;) {
    const page = await t.cos.getBucket({ ...t.at, Marker, MaxKeys: 3 });
    seen.push(...page.Contents.map((found) => found.Key));
    if (page.IsTruncated === 'false') break;
    Marker = page.NextMarker;
  }
  assert.deepEqual(seen, keys);
});

add('deletes one by one and quietly', async (t) => {
  await t.put('k', 'x');
  assert.equal((await t.cos.deleteObject({ ...t.at, Key: 'k' })).statusCode, 204);
  assert.equal((await t.cos.deleteObject({ ...t.at, Key: 'k' })).statusCode, 204);
  await t.put('k', 'x');
  const quiet = await t.cos.deleteMultipleObject({ ...t.at, Quiet: true, Objects: [{ Key: 'k' }] });
  assert.ok(!quiet.Deleted || quiet.Deleted.length === 0);
});

add('copies', async (t) => {
  await t.put('a b/旅', 'text', { ContentType: 'text/css' });
  const CopySource = `${t.host}/${encodeURIComponent('a b/旅')}`;
  const { ETag, LastModified } = await t.cos.putObjectCopy({ ...t.at, Key: 'copy', CopySource });
  assert.equal(ETag, '"1cb251ec0d568de6a929b520c4aed8d1"');
  assert.ok(LastModified);
  assert.equal((await t.cos.headObject({ ...t.at, Key: 'copy' })).headers['content-type'], 'text/css');
  const missing = `${t.host}/missing`;
  const error = await t.cos.putObjectCopy({ ...t.at, Key: 'copy', CopySource: missing }).catch((e) => e);
  assert.equal(error.statusCode, 404);
});

add('appends', async (t) => {
  const first = await t.cos.appendObject({ ...t.at, Key: 'log', Body: 'part-one', Position: 0 });
  assert.equal(first.headers['x-cos-next-append-position'], '8');
  await t.cos.appendObject({ ...t.at, Key: 'log', Body: 'part-two', Position: 8 });
  assert.equal(String(await t.get('log')), 'part-onepart-two');
  await refused(409, 'AppendPositionErr', t.cos.appendObject({ ...t.at, Key: 'log', Body: 'x', Position: 1 }));
});

add('checks what it sent', async (t) => {
  t.cos.options.UploadCheckContentMd5 = true;
  await t.put('k', 'x');
  assert.equal(String(await t.get('k')), 'x');
});

add('limits the traffic', async (t) => {
  await t.put('k', 'x', { TrafficLimit: 819200 });
  await refused(400, 'InvalidArgument', t.put('k', 'x', { TrafficLimit: 1 }));
});

add('sends many requests at once', async (t) => {
  await Promise.all(Array.from({ length: 200 }, (_, i) => t.put(`k${i}`, String(i))));
  assert.equal((await t.cos.getBucket(t.at)).Contents.length, 200);
});

add('restores what is archived', async (t) => {
  await t.put('k', 'text', { StorageClass: 'ARCHIVE' });
  await refused(403, 'InvalidObjectState', t.get('k'));
  const restore = { Days: 1, CASJobParameters: { Tier: 'Standard' } };
  await t.cos.restoreObject({ ...t.at, Key: 'k', RestoreRequest: restore });
  assert.equal(String(await t.get('k')), 'text');
  const { headers } = await t.cos.headObject({ ...t.at, Key: 'k' });
  assert.match(headers['x-cos-restore'], /^ongoing-request="false", expiry-date="/);
});
