/**
 * What the bot costs, each figure as a ratio of two things measured side by side: `npm run bench`, or
 * `npm run bench -- --json` for one object in the last line. Machines differ and are busy with other things, so no
 * absolute time decides anything: both sides take turns in the same run, and the figure is the median of the rounds.
 * A figure over its aim is told and fails nothing; the bench fails if something cannot be measured.
 */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { startChild } from './child.ts';
import { type Figure, figureShape, jsonOf, tableOf } from './figures.ts';

const PROGRAMS = ['acks', 'start', 'listing', 'sweep', 'jobs'] as const;

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } });
const programs = PROGRAMS.filter((program) => values.only === undefined || program === values.only);
const folder = await build();
const figures: Figure[] = [];
for (const program of programs) {
  const child = startChild(pathToFileURL(join(folder, `${program}.js`)).href);
  figures.push(...(await child.untilEnd(figureShape)));
}
process.stdout.write(`${values.json ? jsonOf(figures) : tableOf(figures)}\n`);
