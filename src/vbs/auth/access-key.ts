import type { AccessKeyCredentials } from '../options.ts';
import type { Transport } from '../transport.ts';
import type { Identity } from './identity.ts';
import { signatureOf } from './signature.ts';

/** The gateways take a signature for 15 minutes; a clock that is wrong by less than this is not what they refused. */
const leastSkewMs = 60_000;

/**
 * Proves each request by a signature. A signature tells when it was made, so a clock that goes wrong spoils all of
 * them: then the time of the server, which is in its answer, is taken from there on.
 */
export function createAccessKeyIdentity(
  transport: Transport,
  { project, credentials }: { project: { id: string; name: string }; credentials: AccessKeyCredentials },
): Identity {
  const { accessKey, securityToken } = credentials;
  let skewMs = 0;
  return {
    async prove(request) {
      const own = {
        'x-project-id': project.id,
        ...(securityToken === undefined ? {} : { 'x-security-token': securityToken }),
      };
      const contentType = request.headers['content-type'];
      // Others of the headers may be changed on their way.
      const headers = contentType === undefined ? own : { ...own, 'content-type': contentType };
      const at = new Date(transport.now().getTime() + skewMs);
      const { date, signature, authorization } = signatureOf({ ...request, headers }, credentials, at);
      // Gateways that refuse a signature tend to say what they got.
      transport.redactor.add(signature);
      return { ...own, 'x-sdk-date': date, authorization };
    },
    mend(error, refused) {
      const signedAt = timeOf(refused['x-sdk-date'] ?? '');
      if (error.answeredAt === undefined || signedAt === undefined) return false;
      if (Math.abs(error.answeredAt.getTime() - signedAt) < leastSkewMs) return false;
      skewMs = error.answeredAt.getTime() - transport.now().getTime();
      return true;
    },
    remedy:
      `Check the credentials of ${project.name} in the settings: access key ${accessKey}, its secret key, ` +
      `${securityToken === undefined ? '' : 'that its security token has not ended, '}` +
      `the project id, and that the key is enabled and its user has a role in the project.`,
  };
}

/** Of `YYYYMMDDTHHMMSSZ`. */
function timeOf(date: string): number | undefined {
  const time = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
  return Number.isNaN(time) ? undefined : time;
}
