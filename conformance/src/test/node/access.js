'use strict';
// Who may do what: ACLs, policies, CORS, referers.

const http = require('node:http');
const { add, address, appid, assert, refused, Region } = require('./runner.js');

const EVERYBODY = 'http://cam.qcloud.com/groups/global/AllUsers';
const FRIEND = 'qcs::cam::uin/100000000077:uin/100000000077';
const SITE = 'https://www.site.example';

/** What a client without keys is answered. */
function anonymous(t, key, headers = {}) {
  const [host, port] = address.split(':');
  return new Promise((resolve, reject) => {
    const request = http.get({ host, port, path: `/${key}`, headers: { Host: t.host, ...headers } }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    request.on('error', reject);
  });
}

add('opens a bucket by its acl', async (t) => {
  await t.put('k', 'text');
  assert.equal(await anonymous(t, 'k'), 403);
  await t.cos.putBucketAcl({ ...t.at, ACL: 'public-read' });
  assert.equal((await t.cos.getBucketAcl(t.at)).ACL, 'public-read');
  assert.equal(await anonymous(t, 'k'), 200);
  await t.cos.putBucketAcl({ ...t.at, ACL: 'public-read-write' });
  assert.equal((await t.cos.getBucketAcl(t.at)).ACL, 'public-read-write');
  await t.cos.putBucketAcl({ ...t.at, ACL: 'private' });
  assert.equal((await t.cos.getBucketAcl(t.at)).ACL, 'private');
  await refused(400, 'InvalidArgument', t.cos.putBucketAcl({ ...t.at, ACL: 'default' }));
});

add('grants by headers and by a document', async (t) => {
  await t.cos.putBucketAcl({ ...t.at, GrantRead: `id="${FRIEND}"`, GrantWrite: `id="${FRIEND}",id="100000000078"` });
  const byHeaders = await t.cos.getBucketAcl(t.at);
  assert.equal(byHeaders.GrantRead, `id="${FRIEND}"`);
  assert.match(byHeaders.GrantWrite, /100000000078/);
  const AccessControlPolicy = {
    Owner: { ID: byHeaders.Owner.ID },
    Grants: [{ Grantee: { URI: EVERYBODY }, Permission: 'READ' }],
  };
  await t.cos.putBucketAcl({ ...t.at, AccessControlPolicy });
  assert.equal((await t.cos.getBucketAcl(t.at)).ACL, 'public-read');
  AccessControlPolicy.Owner.ID = FRIEND;
  await refused(403, 'AccessDenied', t.cos.putBucketAcl({ ...t.at, AccessControlPolicy }));
});

add('opens and closes objects by their acl', async (t) => {
  await t.put('k', 'text', { ACL: 'public-read' });
  assert.equal(await anonymous(t, 'k'), 200);
  assert.equal((await t.cos.getObjectAcl({ ...t.at, Key: 'k' })).ACL, 'public-read');
  await t.cos.putObjectAcl({ ...t.at, Key: 'k', ACL: 'default' });
  assert.equal((await t.cos.getObjectAcl({ ...t.at, Key: 'k' })).ACL, 'default');
  assert.equal(await anonymous(t, 'k'), 403);
  await t.cos.putObjectAcl({ ...t.at, Key: 'k', GrantRead: `id="${FRIEND}"` });
  assert.equal((await t.cos.getObjectAcl({ ...t.at, Key: 'k' })).GrantRead, `id="${FRIEND}"`);
  await t.cos.putBucketAcl({ ...t.at, ACL: 'public-read' });
  assert.equal(await anonymous(t, 'k'), 403);
  await refused(404, 'NoSuchKey', t.cos.putObjectAcl({ ...t.at, Key: 'absent', ACL: 'private' }));
});

add('sets, reads and deletes a policy', async (t) => {
  const Policy = {
    version: '2.0',
    statement: [
      {
        effect: 'allow',
        principal: { qcs: ['qcs::cam::anyone:anyone'] },
        action: ['name/cos:GetObject'],
        resource: [`qcs::cos:${Region}:uid/${appid}:${t.at.Bucket}/open/*`],
      },
    ],
  };
  await refused(404, 'NoSuchBucketPolicy', t.cos.getBucketPolicy(t.at));
  await t.cos.putBucketPolicy({ ...t.at, Policy });
  assert.deepEqual((await t.cos.getBucketPolicy(t.at)).Policy, Policy);
  await t.put('open/k', 'text');
  await t.put('k', 'text');
  assert.equal(await anonymous(t, 'open/k'), 200);
  assert.equal(await anonymous(t, 'k'), 403);
  await t.cos.deleteBucketPolicy(t.at);
  assert.equal(await anonymous(t, 'open/k'), 403);
  const mistaken = { statement: [{ effect: 'perhaps' }] };
  const error = await refused(400, 'MalformedPolicy', t.cos.putBucketPolicy({ ...t.at, Policy: mistaken }));
  assert.match(error.message, /statement\[0\]\.effect/);
});

add('sets, reads and deletes cors rules', async (t) => {
  const rule = {
    AllowedOrigin: ['https://*.site.example'],
    AllowedMethod: ['GET', 'PUT'],
    AllowedHeader: ['*'],
    ExposeHeader: ['ETag', 'x-cos-request-id'],
    MaxAgeSeconds: '300',
  };
  await t.cos.putBucketCors({ ...t.at, CORSRules: [rule], ResponseVary: 'true' });
  const { CORSRules, ResponseVary } = await t.cos.getBucketCors(t.at);
  assert.equal(CORSRules.length, 1);
  assert.deepEqual(CORSRules[0].AllowedMethods, rule.AllowedMethod);
  assert.deepEqual(CORSRules[0].ExposeHeaders, rule.ExposeHeader);
  assert.equal(String(ResponseVary), 'true');
  const ask = { ...t.at, Key: 'k', Origin: SITE, AccessControlRequestMethod: 'PUT', AccessControlRequestHeaders: 'x-a' };
  const allowed = await t.cos.optionsObject(ask);
  assert.equal(allowed.AccessControlAllowOrigin, SITE);
  assert.equal(allowed.AccessControlMaxAge, '300');
  assert.ok((await t.cos.optionsObject({ ...ask, AccessControlRequestMethod: 'DELETE' })).OptionsForbidden);
  await t.cos.deleteBucketCors(t.at);
  assert.deepEqual((await t.cos.getBucketCors(t.at)).CORSRules, []);
  assert.ok((await t.cos.optionsObject(ask)).OptionsForbidden);
});

add('sets and reads a list of referers', async (t) => {
  await t.put('k', 'text', { ACL: 'public-read' });
  const RefererConfiguration = {
    Status: 'Enabled',
    RefererType: 'White-List',
    DomainList: { Domains: ['*.site.example', '10.0.0.7:8080'] },
    EmptyReferConfiguration: 'Deny',
  };
  await t.cos.putBucketReferer({ ...t.at, RefererConfiguration });
  assert.deepEqual((await t.cos.getBucketReferer(t.at)).RefererConfiguration, RefererConfiguration);
  assert.equal(await anonymous(t, 'k'), 403);
  assert.equal(await anonymous(t, 'k', { Referer: `${SITE}/page` }), 200);
  assert.equal(String(await t.get('k')), 'text');
});
