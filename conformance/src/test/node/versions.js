'use strict';
// Versions: what is overwritten and deleted is kept and comes back.

const { add, assert, refused } = require('./runner.js');

async function enable(t, Status = 'Enabled') {
  await t.cos.putBucketVersioning({ ...t.at, VersioningConfiguration: { Status } });
}

async function versionOf(call) {
  return (await call).headers['x-cos-version-id'];
}

add('enables and suspends versioning', async (t) => {
  await enable(t);
  assert.equal((await t.cos.getBucketVersioning(t.at)).VersioningConfiguration.Status, 'Enabled');
  await enable(t, 'Suspended');
  assert.equal((await t.cos.getBucketVersioning(t.at)).VersioningConfiguration.Status, 'Suspended');
  await refused(400, 'InvalidArgument', enable(t, 'On'));
});

add('keeps, lists and reads versions', async (t) => {
  const Key = 'a b/旅';
  await t.put(Key, 'null');
  await enable(t);
  const first = await versionOf(t.put(Key, 'first'));
  const second = await versionOf(t.put(Key, 'second'));
  const { Versions, DeleteMarkers } = await t.cos.listObjectVersions(t.at);
  assert.deepEqual(Versions.map((found) => [found.Key, found.VersionId, found.IsLatest]), [
    [Key, second, 'true'], [Key, first, 'false'], [Key, 'null', 'false'],
  ]);
  assert.deepEqual(DeleteMarkers, []);
  assert.equal(String(await t.get(Key)), 'second');
  assert.equal(String(await t.get(Key, { VersionId: first })), 'first');
  assert.equal(String(await t.get(Key, { VersionId: 'null' })), 'null');
  const head = await t.cos.headObject({ ...t.at, Key, VersionId: first });
  assert.equal(head.headers['content-length'], '5');
  assert.equal(head.headers['x-cos-version-id'], first);
});

add('pages versions', async (t) => {
  await enable(t);
  const expected = [];
  for (const Key of ['a', 'b']) {
    const ids = [];
    for (let i = 0; i < 3; i++) ids.unshift(await versionOf(t.put(Key, String(i))));
    expected.push(...ids);
  }
  const seen = [];
  let from = {};
  for (;;) {
    const page = await t.cos.listObjectVersions({ ...t.at, MaxKeys: 2, ...from });
    seen.push(...page.Versions.map((found) => found.VersionId));
    if (page.IsTruncated === 'false') break;
    from = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
  assert.deepEqual(seen, expected);
});

add('deletes by a marker and brings back', async (t) => {
  await enable(t);
  const kept = await versionOf(t.put('k', 'kept'));
  const deleted = await t.cos.deleteObject({ ...t.at, Key: 'k' });
  assert.equal(deleted.headers['x-cos-delete-marker'], 'true');
  const marker = deleted.headers['x-cos-version-id'];
  await refused(404, 'NoSuchKey', t.get('k'));
  assert.equal(String(await t.get('k', { VersionId: kept })), 'kept');
  const { DeleteMarkers } = await t.cos.listObjectVersions(t.at);
  assert.deepEqual(DeleteMarkers.map((found) => [found.VersionId, found.IsLatest]), [[marker, 'true']]);
  await t.cos.deleteObject({ ...t.at, Key: 'k', VersionId: marker });
  assert.equal(String(await t.get('k')), 'kept');
});

add('restores a version by copying it', async (t) => {
  await enable(t);
  const good = await versionOf(t.put('k', 'good'));
  await t.put('k', 'bad');
  const { VersionId } = await t.cos.putObjectCopy({ ...t.at, Key: 'k', CopySource: `${t.host}/k?versionId=${good}` });
  assert.equal(String(await t.get('k')), 'good');
  assert.equal(String(await t.get('k', { VersionId })), 'good');
});

add('empties a versioned bucket', async (t) => {
  await enable(t);
  for (const Key of ['a', 'a', 'b']) await t.put(Key, 'x');
  await t.cos.deleteMultipleObject({ ...t.at, Objects: [{ Key: 'a' }, { Key: 'b' }] });
  await refused(409, 'BucketNotEmpty', t.cos.deleteBucket(t.at));
  const { Versions, DeleteMarkers } = await t.cos.listObjectVersions(t.at);
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  assert.equal(Objects.length, 5);
  const { Deleted } = await t.cos.deleteMultipleObject({ ...t.at, Objects });
  assert.deepEqual(Deleted.map((deleted) => deleted.VersionId), Objects.map((object) => object.VersionId));
  await t.cos.deleteBucket(t.at);
});
