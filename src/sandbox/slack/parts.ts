import type { Changes } from './changes.ts';
import type { Channels } from './channels.ts';
import type { Courier } from './delivery/courier.ts';
import type { SocketMode } from './delivery/socket-mode.ts';
import type { Transport } from './delivery/transport.ts';
import type { Directory } from './directory.ts';
import type { Faults } from './faults.ts';
import type { Files } from './files.ts';
import type { MessageForms } from './forms/message-forms.ts';
import type { Stamps } from './ids.ts';
import type { Manifest } from './manifest.ts';
import type { Messages } from './messages.ts';
import type { RateLimits } from './rate-limits.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Traffic } from './traffic.ts';
import type { Triggers } from './triggers.ts';
import type { Views } from './views.ts';

export interface Tokens {
  readonly bot: string;
  readonly app: string;
  /** The app that `app` is a token of; the workspace's own unless given. */
  readonly appId?: string;
}

/** Everything that makes up one workspace; what serves the app and what plays its people both work on it. */
export interface Parts {
  readonly manifest: Manifest;
  readonly tokens: Tokens;
  readonly now: () => Date;
  readonly changes: Changes;
  readonly stamps: Stamps;
  readonly directory: Directory;
  readonly channels: Channels;
  readonly messages: Messages;
  readonly forms: MessageForms;
  readonly views: Views;
  readonly files: Files;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly faults: Faults;
  readonly limits: RateLimits;
  readonly traffic: Traffic;
  readonly socketMode: SocketMode;
  /** The way by which this app is reached. */
  readonly transport: Transport;
  readonly courier: Courier;
  /** The address of the workspace's server, without a slash at its end. */
  url: string;
}
