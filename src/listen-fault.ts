/** Where a port or an address to listen on is set, for the remedy. */
export type ListenSettings = { port: string; host?: string };

/** Why nothing can listen there, and what to do. Undefined for an error that is about something else. */
export function listenFault(error: unknown, { port, host }: ListenSettings): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `the port is taken: set ${port} to a free one`;
    case 'EACCES':
      return `not permitted: set ${port} to 1024 or above`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return host && `this machine has no such address: set ${host} to 127.0.0.1 or 0.0.0.0`;
    default:
      return undefined;
  }
}
