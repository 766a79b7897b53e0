import { resolve } from 'node:path';
import { buildPage } from './server/page-build.ts';

// Run by `npm run build`, with the folder that the page goes to.
const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('say into which folder the page is to be built');
await buildPage(resolve(target));
