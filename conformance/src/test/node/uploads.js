'use strict';
// Multipart uploads, by hand and by the high-level interface, and what it resumes.

const fs = require('node:fs');
const path = require('node:path');
const { add, assert, client, pattern, refused } = require('./runner.js');

const MIB = 1024 * 1024;

async function initiate(t, Key) {
  return (await t.cos.multipartInit({ ...t.at, Key })).UploadId;
}

async function part(t, Key, UploadId, PartNumber, Body) {
  return (await t.cos.multipartUpload({ ...t.at, Key, UploadId, PartNumber, Body })).ETag;
}

add('assembles parts', async (t) => {
  const Key = 'a b/film';
  const UploadId = await initiate(t, Key);
  const one = await part(t, Key, UploadId, 1, pattern(MIB));
  const two = await part(t, Key, UploadId, 2, Buffer.from('end'));
  const { Part, IsTruncated } = await t.cos.multipartListPart({ ...t.at, Key, UploadId });
  assert.deepEqual(Part.map((found) => found.ETag), [one, two]);
  assert.equal(IsTruncated, 'false');
  const Parts = [{ PartNumber: 1, ETag: one }, { PartNumber: 2, ETag: two }];
  const done = await t.cos.multipartComplete({ ...t.at, Key, UploadId, Parts });
  assert.match(done.ETag, /^"[0-9a-f]{32}-2"$/);
  assert.deepEqual(await t.get(Key), Buffer.concat([pattern(MIB), Buffer.from('end')]));
});

add('lists, pages and aborts uploads', async (t) => {
  const expected = [];
  for (const key of ['a b', 'a b', 'c+d', 'e%f']) expected.push(await initiate(t, key));
  const seen = [];
  let more = {};
  for (;;) {
    const page = await t.cos.multipartList({ ...t.at, MaxUploads: 2, ...more });
    seen.push(...page.Upload.map((found) => found.UploadId));
    if (page.IsTruncated === 'false') break;
    more = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
  assert.deepEqual(seen, expected);
  await t.cos.multipartAbort({ ...t.at, Key: 'c+d', UploadId: expected[2] });
  await refused(404, 'NoSuchUpload', t.cos.multipartListPart({ ...t.at, Key: 'c+d', UploadId: expected[2] }));
  await t.cos.abortUploadTask({ ...t.at, Level: 'bucket' });
  assert.equal((await t.cos.multipartList(t.at)).Upload.length, 0);
});

add('uploads a file in parts and downloads it in ranges', async (t) => {
  const FilePath = t.file('up', 5 * MIB + 7);
  const Key = 'a b+旅';
  const done = await t.cos.sliceUploadFile({ ...t.at, Key, FilePath, ChunkSize: MIB });
  assert.match(done.ETag, /-6"$/);
  const down = path.join(t.folder, 'down');
  await t.cos.downloadFile({ ...t.at, Key, FilePath: down, ChunkSize: MIB });
  assert.deepEqual(fs.readFileSync(down), pattern(5 * MIB + 7));
});

add('uploads files of all sizes', async (t) => {
  const files = [0, 1, 2 * MIB + 1].map((size) => ({ ...t.at, Key: `size ${size}`, FilePath: t.file(`up${size}`, size) }));
  const { files: done } = await t.cos.uploadFiles({ files, SliceSize: MIB });
  assert.deepEqual(done.map((file) => file.error), [null, null, null]);
  assert.deepEqual(await t.get(`size ${2 * MIB + 1}`), pattern(2 * MIB + 1));
});

add('resumes an upload from what is there', async (t) => {
  const FilePath = t.file('up', 3 * MIB);
  const older = await initiate(t, 'film');
  await part(t, 'film', older, 1, Buffer.from('of something else'));
  const newer = await initiate(t, 'film');
  await part(t, 'film', newer, 1, pattern(3 * MIB).subarray(0, MIB));
  const done = await t.cos.sliceUploadFile({ ...t.at, Key: 'film', FilePath, ChunkSize: MIB });
  assert.equal(done.UploadId, newer);
  assert.deepEqual(await t.get('film'), pattern(3 * MIB));
});

add('copies a large object in parts', async (t) => {
  await t.put('a', pattern(4 * MIB));
  const CopySource = `${t.host}/a`;
  const cos = client({ CopyChunkSize: MIB });
  await cos.sliceCopyFile({ ...t.at, Key: 'b', CopySource, CopySliceSize: MIB, ChunkSize: MIB });
  assert.deepEqual(await t.get('b'), pattern(4 * MIB));
  assert.match((await t.cos.headObject({ ...t.at, Key: 'b' })).ETag, /-\d+"$/);
});

add('checks the parts it sent', async (t) => {
  t.cos.options.UploadCheckContentMd5 = true;
  await t.cos.sliceUploadFile({ ...t.at, Key: 'k', FilePath: t.file('up', 2 * MIB + 1), ChunkSize: MIB });
  assert.deepEqual(await t.get('k'), pattern(2 * MIB + 1));
});
