import type { WebClient } from '@slack/web-api';
import type { NewFile, Posted } from './answers.ts';

/** The files that the bot hands out. */
export class SlackFiles {
  readonly #client: WebClient;

  constructor(client: WebClient) {
    this.#client = client;
  }

  /** Puts a file into the thread of a message. Throws unless Slack takes it. */
  async put({ channel, ts }: Posted, { name, title, content }: NewFile): Promise<void> {
    await this.#client.files.uploadV2({ channel_id: channel, thread_ts: ts, filename: name, title, file: content });
  }
}
