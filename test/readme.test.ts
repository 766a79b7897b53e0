import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { settingsTable } from '../src/config/reference.ts';
import { isManaged, parseSettings } from '../src/config.ts';
import { createMetrics } from '../src/metrics.ts';
import { interactions } from '../src/slack/features.ts';

const file = new URL('../README.md', import.meta.url);
const readme = await readFile(file, 'utf8');
const table = /(?<=<!-- settings -->\n)[\s\S]*(?=<!-- \/settings -->)/;

describe('the README', () => {
  it('has the table of the settings as the code knows them', async () => {
    const wanted = `\n${settingsTable()}\n\n`;
    // `UPDATE_README=1 npm test` writes it anew.
    if (process.env['UPDATE_README'])
      await writeFile(
        file,
        readme.replace(table, () => wanted),
      );
    else expect(table.exec(readme)?.[0]).toBe(wanted);
  });

  it('has an example of the settings that loads', () => {
    const [, example] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
    const env = { SLACK_BOT_TOKEN: 'xoxb-1-a', SLACK_APP_TOKEN: 'xapp-1-a', PAYMENTS_PASSWORD: 'secret' };
    const settings = parseSettings(example ?? '', { file: 'README.md', env });
    expect(settings.projects.map((project) => [project.alias, isManaged(project)])).toEqual([
      ['payments', true],
      ['analytics', false],
    ]);
  });

  it('names every metric', async () => {
    const metrics = createMetrics();
    metrics.countIn({ counts: () => Promise.reject(new Error('there is no database')) });
    const names = metrics.registry.getMetricsAsArray().map(({ name }) => name.replace('vbs_chatops_', ''));
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
    expect(names).toContain('database_up');
  });

  it('names every command with its usage', () => {
    for (const command of interactions.filter((one) => one.kind === 'command')) {
      const usage = [`/vbs ${command.word}`, command.usage].filter(Boolean).join(' ');
      expect(readme).toContain(`\`${usage.replaceAll('|', '\\|')}\``);
    }
  });
});
