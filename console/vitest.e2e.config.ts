import { defineConfig } from 'vitest/config';

/** Drives a real server in a real browser, one page after the other; ConsoleIT says where they are. */
export default defineConfig({
  test: { include: ['e2e/**/*.e2e.ts'], fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000 },
});
