import type { ErrorShape } from './refusal.ts';
import { Refusal } from './refusal.ts';

/** How one of the services behind the API speaks when it refuses. */
export interface Dialect {
  shape: ErrorShape;
  requestIdHeader: 'X-Request-Id' | 'X-Openstack-Request-Id';
  noToken: () => Refusal;
  badToken: () => Refusal;
  foreignProject: () => Refusal;
  readOnly: () => Refusal;
  malformed: (what: string) => Refusal;
  /** What it says of a body that should be there; as of any that is malformed unless it has its own word. */
  emptyBody?: () => Refusal;
}

const NO_RIGHTS = 'The user does not have the rights to perform operations.';
const UNAUTHORIZED = 'The request you have made requires authentication.';

/** The backup service's own calls, whose codes begin with `VolumeBackup`. */
export const VBS: Dialect = {
  shape: 'vbs',
  requestIdHeader: 'X-Request-Id',
  noToken: () => new Refusal(401, 'VolumeBackup.0041', 'Failed to check user rights: there is no token.'),
  badToken: () => new Refusal(401, 'VolumeBackup.0041', 'Failed to check user rights: the token is not valid.'),
  foreignProject: () => new Refusal(403, 'VolumeBackup.0042', NO_RIGHTS),
  readOnly: () => new Refusal(403, 'VolumeBackup.0042', NO_RIGHTS),
  malformed: (what) => new Refusal(400, 'VolumeBackup.0002', `The request format is incorrect: ${what}.`),
};

/** The calls on backup policies, whose codes begin with `AutoBackup`. */
export const AUTO_BACKUP: Dialect = {
  shape: 'vbs',
  requestIdHeader: 'X-Request-Id',
  noToken: () => new Refusal(401, 'AutoBackup.0002', 'The token contained in the request header is empty.'),
  badToken: () => new Refusal(401, 'AutoBackup.0003', 'The token contained in the request header has expired.'),
  foreignProject: () => new Refusal(403, 'AutoBackup.0213', 'The request is not authorized.'),
  readOnly: () => new Refusal(403, 'AutoBackup.0213', 'The request is not authorized.'),
  malformed: (what) => new Refusal(400, 'AutoBackup.0008', `The request cannot be read: ${what}.`),
  emptyBody: () => new Refusal(400, 'AutoBackup.0000', 'The request is empty.'),
};

/** Jobs, answered by the gateway of the older v1 API; also what the gateway says of paths that nobody serves. */
export const GATEWAY: Dialect = {
  shape: 'gateway',
  requestIdHeader: 'X-Request-Id',
  noToken: () => new Refusal(401, 'APIG.0301', 'Incorrect IAM authentication information: no token.'),
  badToken: () => new Refusal(401, 'APIG.0301', 'Incorrect IAM authentication information: token expires or is wrong.'),
  foreignProject: () => new Refusal(403, 'VolumeBackup.0042', NO_RIGHTS),
  readOnly: () => new Refusal(403, 'VolumeBackup.0042', NO_RIGHTS),
  malformed: (what) => new Refusal(400, 'common.0011', `Failed to query the task: ${what}.`),
};

/** The native backups, served by OpenStack's Cinder behind Keystone's middleware. */
export const CINDER: Dialect = {
  shape: 'fault',
  requestIdHeader: 'X-Openstack-Request-Id',
  noToken: () => new Refusal(401, '401', UNAUTHORIZED),
  badToken: () => new Refusal(401, '401', UNAUTHORIZED),
  foreignProject: () => new Refusal(403, 'VolumeBackup.0042', `VolumeBackup.0042: ${NO_RIGHTS}`),
  readOnly: () => new Refusal(403, 'VolumeBackup.0042', "Policy doesn't allow this action to be performed."),
  malformed: (what) => new Refusal(400, '400', `Invalid input received: ${what}`),
};

export const KEYSTONE: Dialect = {
  shape: 'keystone',
  requestIdHeader: 'X-Openstack-Request-Id',
  noToken: () => new Refusal(401, '401', UNAUTHORIZED),
  badToken: () => new Refusal(401, '401', UNAUTHORIZED),
  foreignProject: () => new Refusal(403, '403', 'You are not authorized to perform the requested action.'),
  readOnly: () => new Refusal(403, '403', 'You are not authorized to perform the requested action.'),
  malformed: (what) => new Refusal(400, '400', `Expecting to find valid JSON in request body: ${what}.`),
};
