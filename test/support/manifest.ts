import { readFile } from 'node:fs/promises';

/** The manifest that comes with the bot. */
export const MANIFEST = await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8');

/** The same, changed as its comments say for HTTP. */
export const MANIFEST_FOR_HTTP = MANIFEST.replace('socket_mode_enabled: true', 'socket_mode_enabled: false').replaceAll(
  /# (?=\w*url: https:)/g,
  '',
);
