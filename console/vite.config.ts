import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The folder is where the jar of resources takes the console from; the server knows it by this name.
export default defineConfig({
  plugins: [react()],
  base: './',
  build: {
    outDir: 'target/classes/coffer/console',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
  },
  test: { include: ['src/**/*.test.ts'] },
});
