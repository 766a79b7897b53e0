import type { Project, Role, User } from '../world/types.ts';
import type { World } from '../world/world.ts';
import type { Dialect } from './dialects.ts';
import { isProjectId } from './query.ts';
import { Refusal } from './refusal.ts';
import type { Route, Services } from './route.ts';
import type { SignedRequest } from './signature.ts';
import { isSignatureOf, isSigned, readSdkDate, readSignature } from './signature.ts';

const LARGEST_SKEW_MS = 15 * 60_000;

interface Scope {
  project: Project;
  role: Role;
}

/** The project that the path names, once the token or the signature allows what is asked. */
export function admitted(
  services: Services,
  route: Route,
  asked: { request: SignedRequest; params: Record<string, string> },
): Project {
  const { dialect } = route;
  const { request, params } = asked;
  const projectId = params['project_id'] ?? '';
  const scope = isSigned(request.header('authorization'))
    ? signedScope(services.world, dialect, { request, projectId })
    : tokenScope(services, dialect, request.header('x-auth-token'));
  if (!isProjectId(projectId)) throw dialect.malformed('the project id has not 32 hexadecimal characters');
  if (scope?.project.id !== projectId) throw dialect.foreignProject();
  if (route.access === 'write' && scope.role !== 'admin') throw dialect.readOnly();
  if (scope.project.down !== null)
    throw new Refusal(scope.project.down, 'VolumeBackup.0900', 'The service is unavailable.');
  return scope.project;
}

function tokenScope(services: Services, dialect: Dialect, id: string | undefined): Scope | null {
  if (!id) throw dialect.noToken();
  const token = services.tokens.get(id);
  if (token === undefined) throw dialect.badToken();
  if (token.expiresAt <= services.world.now) {
    services.tokens.delete(id);
    throw dialect.badToken();
  }
  return token.scope;
}

function signedScope(
  world: World,
  dialect: Dialect,
  asked: { request: SignedRequest; projectId: string },
): Scope | null {
  const user = signer(world, asked.request);
  const projectId = asked.request.header('x-project-id');
  if (!projectId) throw unsigned('there is no X-Project-Id');
  if (projectId !== asked.projectId) throw dialect.foreignProject();
  const project = world.projects.get(projectId);
  const role = user.roles.get(projectId);
  return project === undefined || role === undefined ? null : { project, role };
}

/** Whose signature it is; all that does not fit is refused, as the gateway does before any service hears of it. */
function signer(world: World, request: SignedRequest): User {
  const signature = readSignature(request.header('authorization') ?? '');
  if (signature === null) throw unsigned('the Authorization header is not of the form');
  const { accessKey, signedHeaders } = signature;
  if (!signedHeaders.includes('x-sdk-date')) throw unsigned('X-Sdk-Date is not signed');
  const time = readSdkDate(request.header('x-sdk-date'));
  if (time === null) throw unsigned('X-Sdk-Date is not of the form YYYYMMDDTHHMMSSZ');
  if (Math.abs(world.now - time) > LARGEST_SKEW_MS) throw unsigned('X-Sdk-Date is more than 15 minutes off');
  for (const user of world.users) {
    const key = user.accessKeys.find((one) => one.accessKey === accessKey);
    if (key === undefined) continue;
    if ((request.header('x-security-token') ?? null) !== key.securityToken)
      throw unsigned('the X-Security-Token is not that of the access key');
    if (!isSignatureOf(request, { signature, secretKey: key.secretKey })) throw unsigned('verify aksk signature fail');
    return user;
  }
  throw unsigned('there is no such access key');
}

function unsigned(why: string): Refusal {
  return new Refusal(401, 'APIG.0301', {
    message: `Incorrect IAM authentication information: ${why}.`,
    shape: 'gateway',
  });
}
