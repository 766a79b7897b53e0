export type { Message } from './kit.ts';
