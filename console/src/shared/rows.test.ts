import { expect, test } from 'vitest';
import { rowsInSight, scrollTo } from './rows';

test('few rows are all there', () => {
  expect(rowsInSight(3, 40, 400, 0)).toEqual({ height: 120, first: 0, end: 3, top: 0 });
  expect(rowsInSight(0, 40, 400, 0)).toEqual({ height: 0, first: 0, end: 0, top: 0 });
});

test('of many, those in sight are', () => {
  const rows = rowsInSight(100_000, 40, 400, 40_000);
  expect(rows.first).toBeLessThanOrEqual(1000);
  expect(rows.end).toBeGreaterThanOrEqual(1010);
  expect(rows.end - rows.first).toBeLessThan(40);
  expect(rows.top).toBe(rows.first * 40);
});

test('of a million, the last is reached at the end of the scroll bar', () => {
  const { height } = rowsInSight(1_000_000, 40, 400, 0);
  const rows = rowsInSight(1_000_000, 40, 400, height - 400);
  expect(rows.end).toBe(1_000_000);
  expect(rows.top + (rows.end - rows.first) * 40).toBeCloseTo(height);
});

test('scrolling to a row brings it into sight', () => {
  for (const count of [50, 100_000, 1_000_000]) {
    for (const row of [0, 17, count - 1]) {
      const at = scrollTo(row, count, 40, 400, 123);
      const rows = rowsInSight(count, 40, 400, at);
      expect(rows.first).toBeLessThanOrEqual(row);
      expect(rows.end).toBeGreaterThan(row);
    }
  }
});
