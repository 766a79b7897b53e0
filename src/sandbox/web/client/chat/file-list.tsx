import type { JSX } from 'preact';
import type { FileInMessage } from '../state/model.ts';

/** The files that came with a message, each to be saved. */
export function FileList({ files }: { readonly files: readonly FileInMessage[] }): JSX.Element | null {
  if (files.length === 0) return null;
  return (
    <ul class="files" aria-label="Files">
      {files.map((file) => (
        <li key={file.id}>
          <a class="file" href={file.path} download={file.name}>
            <span class="file-mark" aria-hidden="true">
              {file.type.slice(0, 4).toUpperCase()}
            </span>
            <span class="file-main">
              <strong>{file.title}</strong>
              <span class="faint">
                {file.title === file.name ? '' : `${file.name} · `}
                {sizeOf(file.bytes)} · Download
              </span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

const UNITS = ['bytes', 'kB', 'MB', 'GB'];

/** `512 bytes`, `1.4 kB`, `23 MB`. */
function sizeOf(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const amount = bytes / 1000 ** power;
  return `${power > 0 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[power]}`;
}
