import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import { LineOutput } from './line-output.ts';
import { createScrubber, type Scrubber } from './scrub.ts';

/** The bot's log: JSON lines. */
export type Log = Logger;

type LogOptions = {
  level: string;
  /** Values that never reach the log, wherever they occur. */
  secrets: readonly string[];
  /** The standard output unless given. */
  destination?: DestinationStream;
};

/**
 * Makes the log. Secrets are taken out of the finished line, so that nothing logged by whatever way (a child's bindings,
 * an error's stack or cause, a library's own text) passes by.
 */
export function createLog({ level, secrets, destination }: LogOptions): Log {
  const scrubber = createScrubber(secrets);
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: {
      err: stdSerializers.errWithCause,
      error: stdSerializers.errWithCause,
      cause: stdSerializers.errWithCause,
    },
    hooks: { streamWrite: (line: string) => scrubLine(line, scrubber) },
  };
  return pino(options, destination ?? standardOutput());
}

/** Pino's own way there holds up the end of the process for ever where nothing can be written. */
function standardOutput(): DestinationStream {
  const output = new LineOutput(1);
  process.once('exit', () => output.end());
  return output;
}

function scrubLine(line: string, scrubber: Scrubber): string {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    // pino writes JSON; should a serializer ever break a line, it still leaves without its secrets.
    return scrubber.text(line);
  }
  return `${JSON.stringify(scrubber.value(entry))}\n`;
}
