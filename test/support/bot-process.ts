import { createBot } from '../../src/app.ts';
import { parseSettings, secretValues } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

/**
 * The bot as a process of its own, for tests that kill it: settings and timing come in as JSON by `BOT`, `ready` goes out
 * as a line. Started and ended as `vbs-chatops start` is, without the status pages.
 */
const { settings: source, env, timing } = JSON.parse(process.env['BOT'] ?? '{}');
const settings = parseSettings(JSON.stringify(source), { file: 'the test', env });
const log = createLog({
  level: process.env['BOT_LOG'] ?? 'error',
  secrets: secretValues(settings),
  destination: process.stderr,
});
const bot = await createBot(settings, { log, timing });
await bot.start();
process.stdout.write('ready\n');
process.once('SIGTERM', () => {
  void bot.stop().then(() => process.exit(0));
});
