import type { ManagedProject } from '../config.ts';
import { VbsApiError, VbsAuthError, VbsSchemaError } from '../vbs/errors.ts';
import { type Finding, wrong } from './finding.ts';

/** What hindered a log-in to a project or a read there, and how to mend it. */
export function cloudFault(error: unknown, project: ManagedProject): Finding {
  if (error instanceof VbsAuthError) {
    const detail = error.cause instanceof Error ? error.cause.message : error.message;
    return wrong(
      detail,
      error.operation === 'getToken' ? error.remedy : `${error.remedy} ${elsewhere(error, project)}`,
    );
  }
  if (error instanceof VbsSchemaError) return wrong(error.message, elsewhere(error, project));
  if (error instanceof VbsApiError) {
    if (error.kind === 'forbidden') {
      const remedy = `give the bot's user a role in ${project.alias} that may use the Volume Backup Service, and check the project id`;
      return wrong(error.message, remedy);
    }
    const isDown = error.kind === 'server-error' || error.kind === 'rate-limited';
    return wrong(error.message, isDown ? 'try again later' : elsewhere(error, project));
  }
  const detail = error instanceof Error ? error.message : String(error);
  return wrong(detail, `check the endpoints of ${project.alias}, and that a firewall or proxy lets the bot out`);
}

/** It is not this service that answers, or not that of this region. */
function elsewhere({ path }: { path: string }, { alias, region, endpoints, nativeApiVersion }: ManagedProject): string {
  const isNative = path.startsWith(`/${nativeApiVersion}/`) && !path.includes('/backuppolicy');
  const setting = isNative && endpoints.blockStorage !== endpoints.vbs ? 'blockStorage' : 'vbs';
  const version = isNative ? `, and that nativeApiVersion ${nativeApiVersion} is served there` : '';
  return `Check that endpoints.${setting} of ${alias} is the service of the region ${region}${version}.`;
}
