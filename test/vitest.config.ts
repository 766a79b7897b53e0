import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: ['test/soak/**', 'test/bench/**', 'test/web/**'],
    globalSetup: ['test/support/native-modules.ts', 'test/support/postgres-once.ts'],
    // Much of what the tests do is waiting for processes, sockets and databases.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
