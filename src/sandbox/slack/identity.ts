/** The workspace and the app in it, by the ids that payloads carry. */
export const TEAM = { id: 'T0SANDBOX', domain: 'vbs-sandbox', name: 'VBS sandbox' } as const;

export const APP = { id: 'A0SANDBOX', bot_id: 'B0SANDBOX', bot_user_id: 'U0SANDBOXBOT', bot_name: 'vbs' } as const;

/** Slack's own voice: notices of commands that failed come from it. */
export const SLACKBOT = 'USLACKBOT';

/** The deprecated verification token, which payloads still carry and no app should look at. */
export const VERIFICATION_TOKEN = 'sandbox-verification-token';
