import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { ProxyError } from '../proxy.ts';
import { type Finding, wrong } from './finding.ts';

const REISSUE = 'copy the token again from the settings of the app, and restart the bot';
const REMEDIES: Readonly<Record<string, string>> = {
  invalid_auth: REISSUE,
  not_authed: REISSUE,
  token_revoked: `reinstall the app to the workspace, then ${REISSUE}`,
  token_expired: `switch token rotation off for the app, reinstall it, then ${REISSUE}`,
  account_inactive: `reinstall the app to the workspace, then ${REISSUE}`,
  not_allowed_token_type: 'use the xoxb- token as slack.botToken and the xapp- token as slack.appToken',
  no_permission: 'switch Socket Mode on for the app, or set slack.mode to http',
  missing_scope: 'add the scope to the app and reinstall it to the workspace',
  access_denied: 'ask an administrator of the workspace to approve the app',
  ratelimited: 'wait a minute and try again',
  ...Object.fromEntries(
    ['fatal_error', 'internal_error', 'service_unavailable', 'request_timeout'].map((code) => [
      code,
      'this is on the side of Slack: look at https://slack-status.com, and try again later',
    ]),
  ),
};

/** The code with which Slack refused a call, or undefined where something else went wrong. */
export function refusalCode(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

/** What a failed call to Slack means, and how to mend it. */
export function slackFault(error: unknown): Finding {
  const code = refusalCode(error);
  if (code !== undefined) {
    const needed = neededScope(error);
    const detail = needed === '' ? `Slack refuses: ${code}` : `Slack refuses: ${code}, needed: ${needed}`;
    return wrong(detail, REMEDIES[code] ?? `look up ${code} at https://docs.slack.dev`);
  }
  if (error instanceof WebAPIRateLimitedError) {
    return wrong(`Slack asks to wait ${error.retryAfter} s`, 'wait for that long and try again');
  }
  if (error instanceof WebAPIHTTPError) {
    return wrong(`Slack answers HTTP ${error.statusCode}`, 'look at https://slack-status.com, and check slack.apiUrl');
  }
  const original = error instanceof WebAPIRequestError ? error.original : error;
  if (original instanceof ProxyError) return wrong(original.message, original.remedy);
  return wrong(
    `Slack cannot be reached: ${innermost(original)}`,
    'check slack.apiUrl, the network, and that a firewall or proxy lets the bot out',
  );
}

/** `fetch` says only that it failed; why is in its cause. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}

function neededScope(error: unknown): string {
  const data: unknown = error instanceof WebAPIPlatformError ? error.data : undefined;
  if (typeof data !== 'object' || data === null || !('needed' in data)) return '';
  return typeof data.needed === 'string' ? data.needed : '';
}
