import { expect, test } from 'vitest';
import { en } from '../../i18n/en';
import { nameTrouble } from './bucketName';

const trouble = (name: string) => nameTrouble(`${name}-1250000000`, name, en);

test('names that buckets may have', () => {
  for (const name of ['a', 'a1', 'a-b', '1', 'x'.repeat(39)]) expect(trouble(name)).toBeUndefined();
});

test('names that they may not have, and why', () => {
  expect(trouble('')).toBe(en.bucketNameShort);
  expect(trouble('x'.repeat(40))).toBe(en.bucketNameLong);
  for (const name of ['A', '-a', 'a-', 'a_b', 'a.b', 'ä', 'a b'])
    expect(trouble(name)).toBe(en.bucketNameBad);
});
