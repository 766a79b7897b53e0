/** Loaded before a program that is measured: on SIGUSR2 it collects its garbage, twice for what finalizers let go. */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  setImmediate(() => {
    globalThis.gc?.();
    process.stdout.write('{"msg":"collected"}\n');
  });
});
