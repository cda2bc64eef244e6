import { expect, test } from 'vitest';
import { hrefOf, placeOf, stepsOf } from './place';

test('each folder has an address, whatever is in its name', () => {
  for (const prefix of ['', 'a/', 'a/b/', '/', 'a//b/', 'ü 中/', '100%/', 'a#b?c/', '../', '%2F/']) {
    expect(placeOf(hrefOf({ bucket: 'b-1', prefix }))).toEqual({ bucket: 'b-1', prefix });
  }
});

test('other addresses name none, and bad ones fail nothing', () => {
  expect(placeOf('#/buckets')).toBeUndefined();
  expect(placeOf('#/overview')).toBeUndefined();
  expect(placeOf('#/buckets/b-1')).toEqual({ bucket: 'b-1', prefix: '' });
  expect(placeOf('#/buckets/b-1/a%')).toEqual({ bucket: 'b-1', prefix: 'a%/' });
});

test('the way to a folder', () => {
  expect(stepsOf('')).toEqual([]);
  expect(stepsOf('a//b/').map((step) => step.prefix)).toEqual(['a/', 'a//', 'a//b/']);
});
