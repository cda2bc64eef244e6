'use strict';
// Temporary keys by the STS SDK of COS (qcloud-cos-sts), which speaks https only and is led here by HTTPS_PROXY.

const http = require('node:http');
const STS = require('qcloud-cos-sts');
const { add, address, appid, assert, client, refused, Region } = require('./runner.js');

const keys = { secretId: process.env.COFFER_SECRET_ID, secretKey: process.env.COFFER_SECRET_KEY };
const actions = ['name/cos:PutObject', 'name/cos:GetObject'];

function policy(t) {
  const resource = [`qcs::cos:${Region}:uid/${appid}:${t.at.Bucket}/allowed/*`];
  return { version: '2.0', statement: [{ effect: 'allow', principal: { qcs: ['*'] }, action: actions, resource }] };
}

function temporary(t, more = {}) {
  return STS.getCredential({
    ...keys,
    region: Region,
    durationSeconds: 1800,
    policy: policy(t),
    ...more,
  });
}

function use(answer, more = {}) {
  const { tmpSecretId, tmpSecretKey, sessionToken } = answer.credentials;
  return client({ SecretId: tmpSecretId, SecretKey: tmpSecretKey, SecurityToken: sessionToken, ...more });
}

async function opensItsPrefixOnly(t, cos) {
  await cos.putObject({ ...t.at, Key: 'allowed/a.txt', Body: 'mine' });
  assert.equal((await cos.getObject({ ...t.at, Key: 'allowed/a.txt' })).Body.toString(), 'mine');
  await t.put('other/a.txt', 'not mine');
  await refused(403, 'AccessDenied', cos.getObject({ ...t.at, Key: 'other/a.txt' }));
  await refused(403, 'AccessDenied', cos.putObject({ ...t.at, Key: 'other/b.txt', Body: 'x' }));
  await refused(403, 'AccessDenied', cos.deleteObject({ ...t.at, Key: 'allowed/a.txt' }));
  await refused(403, 'AccessDenied', cos.getBucket(t.at));
}

add('a federation token opens its prefix only', async (t) => {
  const answer = await temporary(t);
  assert.equal(answer.expiredTime - answer.startTime, 1800);
  await opensItsPrefixOnly(t, use(answer));
});

add('the policy that getPolicy writes is understood', async (t) => {
  const scope = actions.map((action) => ({ action, bucket: t.at.Bucket, region: Region, prefix: 'allowed/*' }));
  await opensItsPrefixOnly(t, use(await temporary(t, { policy: STS.getPolicy(scope) })));
});

add('the sts sdk is told its proxy by an option', async (t) => {
  const [host, port] = address.split(':');
  await opensItsPrefixOnly(t, use(await temporary(t, { proxy: { protocol: 'http', host, port: Number(port) } })));
});

add('an expired token is refused', async (t) => {
  const answer = await temporary(t, { durationSeconds: 2 });
  const cos = use(answer);
  await cos.putObject({ ...t.at, Key: 'allowed/a.txt', Body: 'mine' });
  await new Promise((done) => setTimeout(done, Math.max(0, answer.expiredTime * 1000 - Date.now()) + 500));
  await refused(400, 'ExpiredToken', cos.putObject({ ...t.at, Key: 'allowed/a.txt', Body: 'mine' }));
});

add('a token of another key is refused', async (t) => {
  const one = await temporary(t);
  const other = await temporary(t);
  const cos = use(one, { SecurityToken: other.credentials.sessionToken });
  await refused(403, 'InvalidAccessKeyId', cos.putObject({ ...t.at, Key: 'allowed/a.txt', Body: 'x' }));
});

/** By the server as a proxy for http: no signature covers the scheme. */
function download(url) {
  const [host, port] = address.split(':');
  const options = { host, port, path: url.replace(/^https:/, 'http:'), headers: { Host: new URL(url).host } };
  return new Promise((resolve, reject) => {
    http
      .get(options, async (response) => resolve((await response.toArray()).join('')))
      .on('error', reject);
  });
}

add('a presigned url carries the token', async (t) => {
  await t.put('allowed/p.txt', 'presigned');
  const cos = use(await temporary(t));
  const url = cos.getObjectUrl({ ...t.at, Key: 'allowed/p.txt', Sign: true }, () => {});
  assert.match(url, /x-cos-security-token=/);
  assert.equal(await download(url), 'presigned');
});

add('the sdk hears why it is refused', async (t) => {
  for (const [more, code] of [
    [{ secretKey: 'wrong' }, 'AuthFailure.SignatureFailure'],
    [{ secretId: 'AKIDnobody' }, 'AuthFailure.SecretIdNotFound'],
    [{ durationSeconds: 7201 }, 'InvalidParameter.OverTimeError'],
    [{ policy: { statement: [{ effect: 'allow' }] } }, 'InvalidParameter.StrategyFormatError'],
  ]) {
    await assert.rejects(temporary(t, more), (error) => error.Code === code && error.RequestId.length === 36);
  }
  await assert.rejects(
    STS.getRoleCredential({
      ...keys,
      roleArn: 'qcs::cam::uin/1:roleName/nobody',
      policy: policy(t),
    }),
    (error) => error.Code === 'ResourceNotFound.RoleNotFound',
  );
});
