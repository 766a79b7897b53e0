import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: ['test/soak/**', 'test/bench/**'],
    globalSetup: [
      'test/support/native-modules.ts',
      'test/support/postgres-once.ts',
      'test/support/compiled-once.ts',
      'test/support/browser-there.ts',
    ],
    // Much of what the tests do is waiting for processes, sockets and databases.
    maxWorkers: 3,
    // Nothing in the code is kept in a module, so files may share what is loaded: that halves the work.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
