import type { Channel } from '../channels.ts';
import type { Manifest } from '../manifest.ts';
import { ApiError } from './api-error.ts';

const EMBEDS = 'links.embed:write';

/** Throws `missing_scope` unless the manifest asks for one of these scopes. */
export function requireScope(manifest: Manifest, ...anyOf: string[]): void {
  if (anyOf.some((scope) => manifest.scopes.has(scope))) return;
  throw new ApiError('missing_scope', { needed: anyOf.join(','), provided: [...manifest.scopes].join(',') });
}

/** The same for what a message or view shows: a video is embedded from elsewhere, which has a scope of its own. */
export function requireBlockScopes(manifest: Manifest, payload: unknown): void {
  if (!manifest.scopes.has(EMBEDS) && holdsVideo(payload)) requireScope(manifest, EMBEDS);
}

function holdsVideo(payload: unknown): boolean {
  if (typeof payload !== 'object' || payload === null) return false;
  return Reflect.get(payload, 'type') === 'video' || Object.values(payload).some(holdsVideo);
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
