'use strict';
// What the official SDK for browsers does from a page of another origin.

const closed = { Bucket: parameters.get('closed'), Region };

const cos = new COS({
  SecretId: parameters.get('id'),
  SecretKey: parameters.get('key'),
  Protocol: 'http:',
  AutoSwitchHost: false,
});

add('uploads and downloads text', async () => {
  const Key = 'a b+旅/k.txt';
  const { ETag } = await cos.putObject({ ...at, Key, Body: 'text', Headers: { 'x-cos-meta-colour': 'red' } });
  equal(ETag, '"1cb251ec0d568de6a929b520c4aed8d1"');
  const { Body, headers } = await cos.getObject({ ...at, Key });
  equal(Body, 'text');
  equal(headers['x-cos-meta-colour'], 'red');
  equal((await cos.headObject({ ...at, Key })).headers['content-length'], '4');
});

add('uploads a file in parts', async () => {
  const bytes = new Uint8Array(3 * MIB + 7).map((_, i) => i % 251);
  const { ETag } = await cos.uploadFile({ ...at, Key: 'film', Body: new Blob([bytes]), SliceSize: MIB, ChunkSize: MIB });
  equal(ETag.endsWith('-4"'), true);
  const { Body } = await cos.getObject({ ...at, Key: 'film', DataType: 'arraybuffer' });
  equal(new Uint8Array(Body).every((byte, i) => byte === bytes[i]), true);
});

add('lists, copies and deletes', async () => {
  await cos.putObject({ ...at, Key: 'a', Body: 'text' });
  const CopySource = `${at.Bucket}.cos.${Region}.myqcloud.com/a`;
  await cos.putObjectCopy({ ...at, Key: 'b', CopySource });
  equal((await cos.getBucket({ ...at, Prefix: 'b' })).Contents[0].Key, 'b');
  await cos.deleteObject({ ...at, Key: 'a' });
  await cos.deleteMultipleObject({ ...at, Objects: [{ Key: 'b' }] });
  equal((await cos.getBucket({ ...at, Prefix: 'b' })).Contents.length, 0);
});

add('sees why a request fails', async () => {
  const missing = await refusal(cos.getObject({ ...at, Key: 'absent' }));
  equal(`${missing.statusCode} ${missing.code}`, '404 NoSuchKey');
  const forger = new COS({ SecretId: parameters.get('id'), SecretKey: 'wrong', Protocol: 'http:', AutoSwitchHost: false });
  const forged = await refusal(forger.putObject({ ...at, Key: 'k', Body: 'text' }));
  equal(`${forged.statusCode} ${forged.code}`, '403 SignatureDoesNotMatch');
});

add('is kept out of a bucket without rules', async () => {
  const blocked = await refusal(cos.putObject({ ...closed, Key: 'k', Body: 'text' }));
  equal(blocked.statusCode || 0, 0);
});

add('shows a public picture and keeps its cookies', async () => {
  await cos.putObject({ ...at, Key: 'open', Body: 'text', ACL: 'public-read' });
  const answer = await fetch(`http://${at.Bucket}.cos.${Region}.myqcloud.com/open`, { credentials: 'include' });
  equal(await answer.text(), 'text');
  equal(answer.headers.get('x-cos-request-id') !== null, true);
});
