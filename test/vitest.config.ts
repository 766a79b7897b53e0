import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: ['test/soak/**', 'test/bench/**'],
    globalSetup: ['test/support/native-modules.ts', 'test/support/postgres-once.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
