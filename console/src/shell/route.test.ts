import { expect, test } from 'vitest';
import { pageOf } from './route';

test('the hash names the page; without one it is the buckets', () => {
  expect(pageOf('')).toBe('buckets');
  expect(pageOf('#/')).toBe('buckets');
  expect(pageOf('#/overview')).toBe('overview');
  expect(pageOf('#/overview/more')).toBe('overview');
});
