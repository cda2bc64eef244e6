'use strict';
// What a page does with temporary keys that its own server hands it; by https, with the names of the real service.

let handedOut = 0;

const cos = new COS({
  Protocol: 'https:',
  AutoSwitchHost: false,
  getAuthorization: async (_, callback) => {
    handedOut += 1;
    const { credentials, startTime, expiredTime } = await (await fetch('/sts')).json();
    callback({
      TmpSecretId: credentials.tmpSecretId,
      TmpSecretKey: credentials.tmpSecretKey,
      SecurityToken: credentials.sessionToken,
      StartTime: startTime,
      ExpiredTime: expiredTime,
    });
  },
});

async function denied(call) {
  const error = await refusal(call);
  equal(`${error.statusCode} ${error.code}`, '403 AccessDenied');
}

add('uploads and downloads with a temporary key', async () => {
  const Key = 'allowed/a b+旅.txt';
  await cos.putObject({ ...at, Key, Body: 'text' });
  equal((await cos.getObject({ ...at, Key })).Body, 'text');
});

add('uploads a file in parts with a temporary key', async () => {
  const bytes = new Uint8Array(2 * MIB + 7).map((_, i) => i % 251);
  const Body = new Blob([bytes]);
  const { ETag } = await cos.uploadFile({ ...at, Key: 'allowed/film', Body, SliceSize: MIB, ChunkSize: MIB });
  equal(ETag.endsWith('-3"'), true);
});

add('is refused outside of its policy', async () => {
  await denied(cos.putObject({ ...at, Key: 'other/a.txt', Body: 'text' }));
  await denied(cos.getObject({ ...at, Key: 'other/a.txt' }));
  await denied(cos.uploadFile({ ...at, Key: 'other/film', Body: new Blob(['text']) }));
  await denied(cos.deleteObject({ ...at, Key: 'allowed/film' }));
  await denied(cos.getBucket(at));
});

add('asks for a key once and keeps it', async () => {
  equal(handedOut, 1);
});
