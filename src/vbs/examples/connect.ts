import { createVbsClient, type VbsClient } from '../vbs.ts';

/** A client of one project; it connects when it is first used. */
export function connect(env: Readonly<Record<string, string>>): VbsClient {
  return createVbsClient({
    project: { id: env['PROJECT_ID'] ?? '', name: 'payments' },
    endpoints: { iam: env['IAM_URL'] ?? '', vbs: env['VBS_URL'] ?? '' },
    credentials: {
      kind: 'password',
      user: env['OS_USERNAME'] ?? '',
      password: env['OS_PASSWORD'] ?? '',
      domain: env['OS_DOMAIN'] ?? '',
    },
    // Or { kind: 'accessKey', accessKey, secretKey, securityToken? }: each request is signed then.
  });
}
