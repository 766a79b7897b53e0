import { Refusal } from '../http/refusal.ts';
import type { Call } from '../http/route.ts';

const NEWEST = 70;

/** The microversion of the volume API that a request asks for, 3.0 unless it asks, and the headers that answer it. */
export function microversionOf(call: Call): { minor: number; headers: Record<string, string> } {
  const asked = call
    .header('openstack-api-version')
    ?.split(',')
    .map((one) => one.trim().split(/\s+/))
    .find(([service]) => service?.toLowerCase() === 'volume')?.[1];
  const minor = minorOf(asked ?? '3.0');
  return { minor, headers: { 'OpenStack-API-Version': `volume 3.${minor}`, Vary: 'OpenStack-API-Version' } };
}

function minorOf(version: string): number {
  if (version === 'latest') return NEWEST;
  const parts = /^(\d+)\.(\d+)$/.exec(version);
  if (parts === null)
    throw new Refusal(
      400,
      '400',
      `API Version String ${version} is of invalid format. Must be of format MajorNum.MinorNum.`,
    );
  const [major, minor] = [Number(parts[1]), Number(parts[2])];
  if (major !== 3 || minor > NEWEST)
    throw new Refusal(
      406,
      '406',
      `Version ${version} is not supported by the API. Minimum is 3.0 and maximum is 3.${NEWEST}.`,
    );
  return minor;
}
