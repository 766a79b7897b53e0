import type { Channel } from '../channels.ts';
import type { Manifest } from '../manifest.ts';
import { ApiError } from './api-error.ts';

/** Throws `missing_scope` unless the manifest asks for one of these scopes. */
export function requireScope(manifest: Manifest, ...anyOf: string[]): void {
  if (anyOf.some((scope) => manifest.scopes.has(scope))) return;
  throw new ApiError('missing_scope', { needed: anyOf.join(','), provided: [...manifest.scopes].join(',') });
}

/** `channels:read`, `groups:history` and their like: the scope by the kind of the channel. */
export function channelScope(channel: Channel, right: 'read' | 'history'): string {
  switch (channel.kind) {
    case 'public':
      return `channels:${right}`;
    case 'private':
      return `groups:${right}`;
    case 'im':
    case 'mpim':
      return `${channel.kind}:${right}`;
  }
}
