'use strict';
// Service and bucket operations, and how requests are addressed and signed.

const http = require('node:http');
const COS = require('cos-nodejs-sdk-v5');
const { add, address, appid, assert, client, refused, Region } = require('./runner.js');

/** Fetches a URL through the server as a forward proxy. */
function fetchUrl(url, options = {}) {
  const [host, port] = address.split(':');
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host, port, path: url, method: options.method || 'GET', headers: { Host: new URL(url).host, ...options.headers } },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() }));
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

add('lists buckets', async ({ cos, at }) => {
  const { Buckets, Owner } = await cos.getService();
  const mine = Buckets.find((bucket) => bucket.Name === at.Bucket);
  assert.equal(mine.Location, Region);
  assert.match(Owner.ID, /^qcs::cam::uin/);
});

add('lists the buckets of a region', async ({ cos, at }) => {
  const { Buckets } = await cos.getService({ Region });
  assert.ok(Buckets.some((bucket) => bucket.Name === at.Bucket));
});

add('heads a bucket', async ({ cos, at }) => {
  const head = await cos.headBucket(at);
  assert.equal(head.headers['x-cos-bucket-region'], Region);
  const error = await cos.headBucket({ Bucket: `missing-${appid}`, Region }).catch((e) => e);
  assert.equal(error.statusCode, 404);
});

add('creates a bucket once', async ({ cos, at }) => {
  await refused(409, 'BucketAlreadyOwnedByYou', cos.putBucket(at));
});

add('deletes an empty bucket only', async ({ cos, at }) => {
  await cos.putObject({ ...at, Key: 'k', Body: 'x' });
  await refused(409, 'BucketNotEmpty', cos.deleteBucket(at));
  await cos.deleteObject({ ...at, Key: 'k' });
  await cos.deleteBucket(at);
  await refused(404, 'NoSuchBucket', cos.getBucket(at));
});

add('reads the location', async ({ cos, at }) => {
  assert.equal((await cos.getBucketLocation(at)).LocationConstraint, Region);
});

add('reads settings nobody made', async ({ cos, at }) => {
  const { ACL, GrantRead } = await cos.getBucketAcl(at);
  assert.equal(ACL, 'private');
  assert.ok(!GrantRead);
  const versioning = await cos.getBucketVersioning(at);
  assert.ok(!versioning.VersioningConfiguration || !versioning.VersioningConfiguration.Status);
  // The SDK makes an empty answer of what is not there.
  assert.deepEqual((await cos.getBucketCors(at)).CORSRules, []);
  assert.deepEqual((await cos.getBucketTagging(at)).Tags, []);
  assert.deepEqual((await cos.getBucketLifecycle(at)).Rules, []);
  assert.deepEqual((await cos.getBucketWebsite(at)).WebsiteConfiguration, {});
});

add('reads every field of an error', async ({ cos, at }) => {
  const error = await refused(404, 'NoSuchKey', cos.getObject({ ...at, Key: 'absent' }));
  assert.equal(error.error.Code, 'NoSuchKey');
  assert.ok(error.error.Message && error.error.Resource && error.error.RequestId && error.error.TraceId);
});

add('refuses wrong keys', async ({ at }) => {
  await refused(403, 'SignatureDoesNotMatch', client({ SecretKey: 'wrong' }).getBucket(at));
  await refused(403, 'InvalidAccessKeyId', client({ SecretId: 'AKIDstranger' }).getBucket(at));
});

add('works with a template for the host and a port in it', async ({ at, cos }) => {
  const template = client({ Domain: '{Bucket}.cos.{Region}.example.com:9000' });
  await template.putObject({ ...at, Key: 'a b', Body: 'x' });
  assert.equal(String((await cos.getObject({ ...at, Key: 'a b' })).Body), 'x');
});

add('works through the server as a proxy', async ({ at, cos }) => {
  const proxied = client({ Ip: '', Proxy: `http://${address}` });
  await proxied.putObject({ ...at, Key: 'a b/旅行+%.txt', Body: 'x' });
  assert.equal(String((await cos.getObject({ ...at, Key: 'a b/旅行+%.txt' })).Body), 'x');
});

add('works without signing the host', async ({ at, cos }) => {
  await client({ ForceSignHost: false }).putObject({ ...at, Key: 'k', Body: 'x' });
  assert.equal(String((await cos.getObject({ ...at, Key: 'k' })).Body), 'x');
});

add('works without keeping connections', async ({ at }) => {
  const cos = client({ KeepAlive: false });
  for (let i = 0; i < 3; i++) await cos.putObject({ ...at, Key: 'k', Body: 'x' });
  assert.equal(String((await cos.getObject({ ...at, Key: 'k' })).Body), 'x');
});

add('makes urls that carry their signature', async ({ cos, at }) => {
  const Key = 'a b+旅/q?.txt';
  await cos.putObject({ ...at, Key, Body: 'text' });
  const url = (more) =>
    new Promise((resolve, reject) =>
      cos.getObjectUrl({ ...at, Key, Sign: true, ...more }, (error, data) => (error ? reject(error) : resolve(data.Url))),
    );
  const plain = await fetchUrl(await url({}));
  assert.deepEqual([plain.status, plain.body], [200, 'text']);
  const asHtml = await fetchUrl(await url({ Query: { 'response-content-type': 'text/html; charset=utf-8' } }));
  assert.equal(asHtml.headers['content-type'], 'text/html; charset=utf-8');
  const put = await fetchUrl(await url({ Method: 'PUT' }), { method: 'PUT', body: 'new', headers: { 'Content-Length': 3 } });
  assert.equal(put.status, 200);
  assert.equal((await fetchUrl(await url({ Expires: -100 }))).status, 403);
});

add('accepts the static signature', async ({ cos, at }) => {
  await cos.putObject({ ...at, Key: 'k', Body: 'text' });
  const authorization = COS.getAuthorization({
    SecretId: process.env.COFFER_SECRET_ID,
    SecretKey: process.env.COFFER_SECRET_KEY,
    Method: 'get',
    Key: 'k',
    ...at,
  });
  const url = `http://${at.Bucket}.cos.${Region}.myqcloud.com/k`;
  assert.equal((await fetchUrl(url, { headers: { Authorization: authorization } })).status, 200);
  assert.equal((await fetchUrl(`${url}?sign=${encodeURIComponent(authorization)}`)).status, 200);
  assert.equal((await fetchUrl(`${url}?${authorization}`)).status, 200);
});

add('says what it does not have', async ({ cos, at }) => {
  const put = { Method: 'PUT', Query: { domaincertificate: '' }, Body: '<DomainCertificate/>' };
  await refused(501, 'NotImplemented', cos.request({ ...at, ...put }));
});

add('sets logging', async ({ cos, at }) => {
  const LoggingEnabled = { TargetBucket: at.Bucket, TargetPrefix: 'logs/' };
  await cos.putBucketLogging({ ...at, BucketLoggingStatus: { LoggingEnabled } });
  assert.deepEqual((await cos.getBucketLogging(at)).BucketLoggingStatus.LoggingEnabled, LoggingEnabled);
  await cos.putBucketLogging({ ...at, BucketLoggingStatus: {} });
  assert.ok(!(await cos.getBucketLogging(at)).BucketLoggingStatus.LoggingEnabled);
});

add('tags a bucket', async ({ cos, at }) => {
  const Tags = [{ Key: 'team', Value: 'media' }, { Key: '部门', Value: 'a+b c' }];
  assert.equal((await cos.putBucketTagging({ ...at, Tagging: { Tags } })).statusCode, 204);
  assert.deepEqual((await cos.getBucketTagging(at)).Tags, Tags);
  await refused(400, 'InvalidTag', cos.putBucketTagging({ ...at, Tagging: { Tags: [{ Key: 'qcs:a', Value: '' }] } }));
  assert.equal((await cos.deleteBucketTagging(at)).statusCode, 204);
  assert.deepEqual((await cos.getBucketTagging(at)).Tags, []);
});

add('tags an object', async ({ cos, at }) => {
  const Key = 'a b/旅';
  await cos.putObject({ ...at, Key, Body: 'x', Headers: { 'x-cos-tagging': 'first=1' } });
  assert.deepEqual((await cos.getObjectTagging({ ...at, Key })).Tags, [{ Key: 'first', Value: '1' }]);
  const Tags = [{ Key: 'z', Value: 'a+b c' }, { Key: 'a', Value: '2' }];
  await cos.putObjectTagging({ ...at, Key, Tags });
  assert.deepEqual((await cos.getObjectTagging({ ...at, Key })).Tags, Tags);
  await cos.deleteObjectTagging({ ...at, Key });
  assert.deepEqual((await cos.getObjectTagging({ ...at, Key })).Tags, []);
});

add('sets acceleration', async ({ cos, at }) => {
  assert.ok(!(await cos.getBucketAccelerate(at)).AccelerateConfiguration.Status);
  for (const Status of ['Enabled', 'Suspended']) {
    await cos.putBucketAccelerate({ ...at, AccelerateConfiguration: { Status } });
    assert.equal((await cos.getBucketAccelerate(at)).AccelerateConfiguration.Status, Status);
  }
});

add('sets custom domains', async ({ cos, at }) => {
  const DomainRule = [
    { Status: 'ENABLED', Name: 'img.node.example', Type: 'REST' },
    { Status: 'DISABLED', Name: 'www.node.example', Type: 'WEBSITE', ForcedReplacement: 'CNAME' },
  ];
  await cos.putBucketDomain({ ...at, DomainRule });
  const read = await cos.getBucketDomain(at);
  assert.deepEqual(read.DomainRule, DomainRule);
  assert.ok(read.headers['x-cos-domain-txt-verification']);
  await cos.deleteBucketDomain(at);
  await refused(404, 'DomainConfigNotFoundError', cos.getBucketDomain(at));
});

add('sets a website', async ({ cos, at }) => {
  const WebsiteConfiguration = {
    IndexDocument: { Suffix: 'index.html' },
    ErrorDocument: { Key: 'oops.html', OriginalHttpStatus: 'Disabled' },
    AutoAddressing: { Status: 'Enabled' },
    RoutingRules: [
      { Condition: { KeyPrefixEquals: 'old/' }, Redirect: { ReplaceKeyPrefixWith: 'new/' } },
      { Condition: { HttpErrorCodeReturnedEquals: '404' }, Redirect: { Protocol: 'https', ReplaceKeyWith: 'a.html' } },
    ],
  };
  await cos.putBucketWebsite({ ...at, WebsiteConfiguration });
  assert.deepEqual((await cos.getBucketWebsite(at)).WebsiteConfiguration, WebsiteConfiguration);
  await cos.deleteBucketWebsite(at);
  assert.deepEqual((await cos.getBucketWebsite(at)).WebsiteConfiguration, {});
});

// The SDK has no call for object lock; its general one sends any.
add('locks objects', async ({ cos, at }) => {
  const document = '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>';
  await cos.request({ ...at, Method: 'PUT', Action: 'object-lock', Body: document });
  const until = new Date(Date.now() + 3600000).toISOString();
  const Headers = { 'x-cos-object-lock-mode': 'COMPLIANCE', 'x-cos-object-lock-retain-until-date': until };
  await cos.putObject({ ...at, Key: 'k', Body: 'x', Headers });
  await refused(409, 'ObjectLocked', cos.putObject({ ...at, Key: 'k', Body: 'new' }));
  await refused(409, 'ObjectLocked', cos.deleteObject({ ...at, Key: 'k' }));
  const { headers } = await cos.headObject({ ...at, Key: 'k' });
  assert.equal(headers['x-cos-object-lock-retain-until-date'], until);
});
