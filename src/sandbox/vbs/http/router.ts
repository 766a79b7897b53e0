import type { Route } from './route.ts';

export type RouteMatch =
  | { kind: 'found'; route: Route; params: Record<string, string> }
  | { kind: 'wrong method'; route: Route; allowed: string[] }
  | { kind: 'none' };

interface Pattern {
  route: Route;
  segments: string[];
}

/** Finds the route of a request; a literal segment wins over a parameter. */
export class Router {
  readonly #byLength = new Map<number, Pattern[]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const segments = route.path.split('/').slice(1);
      this.#byLength.set(segments.length, [...(this.#byLength.get(segments.length) ?? []), { route, segments }]);
    }
    for (const patterns of this.#byLength.values()) patterns.sort((a, b) => parameters(a) - parameters(b));
  }

  match(method: string, path: string): RouteMatch {
    const given = path.split('/').slice(1).map(decoded);
    const allowed: string[] = [];
    let nearest: Route | undefined;
    for (const { route, segments } of this.#byLength.get(given.length) ?? []) {
      const params = bind(segments, given);
      if (params === undefined) continue;
      if (route.method === method) return { kind: 'found', route, params };
      if (!allowed.includes(route.method)) allowed.push(route.method);
      nearest ??= route;
    }
    return nearest === undefined ? { kind: 'none' } : { kind: 'wrong method', route: nearest, allowed };
  }
}

function parameters(pattern: Pattern): number {
  return pattern.segments.filter((segment) => segment.startsWith('{')).length;
}

function bind(segments: string[], given: (string | undefined)[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [place, segment] of segments.entries()) {
    const value = given[place];
    if (value === undefined) return undefined;
    if (segment.startsWith('{')) params[segment.slice(1, -1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
