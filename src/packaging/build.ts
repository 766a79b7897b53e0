import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPage } from '../sandbox/web/server/page-build.ts';
import { bundle } from './bundle.ts';

// Run by `npm run build`: the program and the sandbox's page. The client, as a library, is compiled by itself.
const dist = fileURLToPath(new URL('../../dist', import.meta.url));
await rm(dist, { recursive: true, force: true });
await bundle({ main: fileURLToPath(new URL('../main.ts', import.meta.url)) }, dist);
await buildPage(join(dist, 'page'));
