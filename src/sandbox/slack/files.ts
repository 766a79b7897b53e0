import type { Json } from './json.ts';

/** A file on its way into Slack: an URL was given out, then bytes came, then the upload was completed. */
export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  readonly secret: string;
  readonly altText?: string;
  content?: Buffer;
  title?: string;
  channel?: string;
  completed: boolean;
}

/** The files of the workspace. */
export class Files {
  readonly #files = new Map<string, UploadedFile>();

  add(file: UploadedFile): void {
    this.#files.set(file.id, file);
  }

  get(id: string): UploadedFile | undefined {
    return this.#files.get(id);
  }

  /** Those whose upload was completed. */
  completed(): UploadedFile[] {
    return [...this.#files.values()].filter((file) => file.completed);
  }

  bySecret(secret: string): UploadedFile | undefined {
    return [...this.#files.values()].find((file) => file.secret === secret);
  }
}

/** A file as answers and messages carry it. */
export function filePayload(file: UploadedFile, url: string): Json {
  return {
    id: file.id,
    name: file.name,
    title: file.title ?? file.name,
    size: file.content?.length ?? 0,
    filetype: file.name.split('.').at(-1) ?? '',
    mode: 'hosted',
    url_private: `${url}/files/${file.id}/${encodeURIComponent(file.name)}`,
    permalink: `${url}/files/${file.id}/${encodeURIComponent(file.name)}`,
    channels: file.channel === undefined ? [] : [file.channel],
    ...(file.altText !== undefined && { alt_txt: file.altText }),
  };
}
