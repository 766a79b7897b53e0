import bolt from '@slack/bolt';

/** The bare app that the bot is held against: plain Bolt, whose handlers do nothing but acknowledge. */
const { BENCH_MODE: mode, BENCH_API: slackApiUrl = '', BENCH_PORT: port = '0', ...env } = process.env;
const clientOptions = { slackApiUrl };
const token = env['SLACK_BOT_TOKEN'] ?? '';
const app =
  mode === 'http'
    ? new bolt.App({ token, signingSecret: env['SLACK_SIGNING_SECRET'] ?? '', clientOptions })
    : new bolt.App({ token, socketMode: true, appToken: env['SLACK_APP_TOKEN'] ?? '', clientOptions });
app.command('/vbs', async ({ ack }) => ack());
app.view(/.*/, async ({ ack }) => ack());
app.action(/.*/, async ({ ack }) => ack());
await app.start(Number(port));
process.stdout.write('{"msg":"ready"}\n');
process.on('SIGTERM', () => process.exit(0));
