import type { Project, Role, User } from '../world/types.ts';
import type { World } from '../world/world.ts';
import type { Dialect } from './dialects.ts';

/** A token that was issued: who holds it, for which project, until when (milliseconds since 1970). */
export interface Token {
  user: User;
  scope: { project: Project; role: Role } | null;
  issuedAt: number;
  expiresAt: number;
}

/** What every route may use besides the world. */
export interface Services {
  world: World;
  tokens: Map<string, Token>;
  tokenLifetimeSeconds: number;
  /** The most entries that come at once. */
  maxPage: number;
}

/** A request that was let in, with its parameters read. */
export interface Call {
  services: Services;
  world: World;
  dialect: Dialect;
  /** The path, without the query. */
  path: string;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  header: (name: string) => string | undefined;
  /** The body as JSON; refused where it is none. */
  json: () => unknown;
}

/** A call on a project, by someone who may. */
export interface ProjectCall extends Call {
  project: Project;
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

interface RouteBase {
  /** What faults and the log call it, such as `sharings.share`. */
  name: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Segments in braces are parameters; `{project_id}` is checked against the token. */
  path: string;
  dialect: Dialect;
  /** Its answers are pages of a list. */
  isPaged?: boolean;
}

export type Route =
  | (RouteBase & { access: 'open'; handle: (call: Call) => Answer })
  | (RouteBase & { access: 'read' | 'write'; handle: (call: ProjectCall) => Answer });
