import { expect, test } from 'vitest';
import { kindOf } from './preview';

test('what is shown, and how', () => {
  expect(kindOf('image/png', 'a')).toBe('image');
  expect(kindOf('image/svg+xml', 'a.svg')).toBe('image');
  expect(kindOf('text/html', 'a.html')).toBe('text');
  expect(kindOf('text/html; charset=utf-8', 'a.pdf')).toBe('text');
  expect(kindOf('application/xhtml+xml', 'a')).toBe('text');
  expect(kindOf('application/json', 'a')).toBe('text');
  expect(kindOf('application/pdf', 'a')).toBe('pdf');
  expect(kindOf('video/mp4', 'a')).toBe('video');
  expect(kindOf('audio/mpeg', 'a')).toBe('audio');
});

test('where the type says nothing, the name does', () => {
  expect(kindOf('', 'a.PNG')).toBe('image');
  expect(kindOf('application/octet-stream', 'notes.md')).toBe('text');
  expect(kindOf('application/octet-stream', 'page.html')).toBe('text');
  expect(kindOf('application/octet-stream', 'a.bin')).toBeUndefined();
  expect(kindOf('application/zip', 'a.png')).toBeUndefined();
});
