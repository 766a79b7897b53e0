import { z } from 'zod';
import { KEYSTONE } from '../http/dialects.ts';
import { Refusal } from '../http/refusal.ts';
import type { Answer, Call, Route, Token } from '../http/route.ts';
import type { Project, User } from '../world/types.ts';
import { markedMicroseconds } from '../world/wire-times.ts';
import type { World } from '../world/world.ts';

const domainSchema = z.object({ id: z.string().optional(), name: z.string().optional() });

const requestSchema = z.object({
  auth: z.object({
    identity: z.object({
      methods: z.array(z.string()).min(1),
      password: z
        .object({
          user: z.object({
            id: z.string().optional(),
            name: z.string().optional(),
            password: z.string(),
            domain: domainSchema.optional(),
          }),
        })
        .optional(),
    }),
    scope: z.object({ project: z.object({ id: z.string() }) }).optional(),
  }),
});
type TokenRequest = z.infer<typeof requestSchema>;

/** Keystone v3: a password for a token of a project. */
export const tokenRoutes: Route[] = [
  { name: 'tokens.create', method: 'POST', path: '/v3/auth/tokens', dialect: KEYSTONE, access: 'open', handle: create },
];

function create(call: Call): Answer {
  const request = requestSchema.safeParse(call.json());
  if (!request.success) {
    const path = request.error.issues[0]?.path.join('.') || 'auth';
    throw new Refusal(400, '400', `Expecting to find ${path} in request body.`);
  }
  const { services, world } = call;
  const user = authenticated(world, request.data);
  const scope = scopeOf(world, user, request.data);
  const token: Token = {
    user,
    scope,
    issuedAt: world.now,
    expiresAt: world.now + services.tokenLifetimeSeconds * 1000,
  };
  const id = world.ids.nextToken();
  services.tokens.set(id, token);
  return {
    status: 201,
    headers: { 'X-Subject-Token': id, Vary: 'X-Auth-Token' },
    body: { token: shown(world, token) },
  };
}

// Keystone answers all of these alike, so that nobody learns which part was wrong.
function unauthorized(): Refusal {
  return new Refusal(401, '401', 'The request you have made requires authentication.');
}

function authenticated(world: World, request: TokenRequest): User {
  const { methods, password } = request.auth.identity;
  if (!methods.includes('password') || password === undefined) throw unauthorized();
  const given = password.user;
  const user = world.users.find((one) =>
    given.id === undefined
      ? one.name === given.name && (one.domain === given.domain?.name || one.domain === given.domain?.id)
      : one.id === given.id,
  );
  if (user === undefined || user.password !== given.password) throw unauthorized();
  return user;
}

function scopeOf(world: World, user: User, request: TokenRequest): Token['scope'] {
  const id = request.auth.scope?.project.id;
  if (id === undefined) return null;
  const project = world.projects.get(id);
  const role = user.roles.get(id);
  if (project === undefined || role === undefined) throw unauthorized();
  return { project, role };
}

function shown(world: World, token: Token) {
  const { user, scope } = token;
  const domain = { id: world.ids.hexOf('domain', user.domain), name: user.domain };
  return {
    methods: ['password'],
    user: { id: user.id, name: user.name, domain, password_expires_at: null },
    issued_at: markedMicroseconds(token.issuedAt),
    expires_at: markedMicroseconds(token.expiresAt),
    ...(scope === null ? {} : { ...grants(world, scope, domain), catalog: [] }),
  };
}

function grants(world: World, scope: NonNullable<Token['scope']>, domain: { id: string; name: string }) {
  const project: Pick<Project, 'id' | 'name'> = { id: scope.project.id, name: scope.project.name };
  const role = `vbs_${scope.role}`;
  return { project: { ...project, domain }, roles: [{ id: world.ids.hexOf('role', role), name: role }] };
}
