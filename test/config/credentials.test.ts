// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is what people write in the settings file.
import { describe, expect, test } from 'vitest';
import { secretValues } from '../../src/config.ts';
import { ENV, faults, file, parse } from './settings-file.ts';

const KEYS = { ...ENV, SECRET_KEY: 'sk-secret', SECURITY_TOKEN: 'temporary-secret' };
const KEY = "accessKey: AK1, secretKey: '${SECRET_KEY}'";

/** The settings file whose project has these credentials. */
function withCredentials(credentials: string): string {
  return file().replace(/credentials: \{.*\}/, () => `credentials: { ${credentials} }`);
}

describe('credentials', () => {
  test.each([
    ['an access key', KEY, { accessKey: 'AK1', secretKey: 'sk-secret' }],
    [
      'a temporary access key',
      `${KEY}, securityToken: '\${SECURITY_TOKEN}'`,
      { accessKey: 'AK1', secretKey: 'sk-secret', securityToken: 'temporary-secret' },
    ],
  ])('may be %s, whose secrets are known as such', (_, credentials, expected) => {
    const settings = parse(withCredentials(credentials), KEYS);
    expect(settings.projects[0]?.credentials).toEqual(expected);
    const { accessKey, ...secrets } = expected;
    expect(secretValues(settings)).toEqual(expect.arrayContaining(Object.values(secrets)));
    expect(secretValues(settings)).not.toContain(accessKey);
  });

  test.each([
    ['accessKey: AK1', ['projects.0.credentials.secretKey: is missing → write secretKey: ${PAYMENTS_SECRET_KEY}']],
    [
      "secretKey: '${SECRET_KEY}'",
      ['projects.0.credentials.accessKey: is missing → write accessKey: QTWAOYTTINDUT2QVKYUC'],
    ],
    [
      'user: bot',
      [
        'projects.0.credentials.domain: is missing → write domain: OTC00000000001000000001',
        'projects.0.credentials.password: is missing → write password: ${PAYMENTS_PASSWORD}',
      ],
    ],
    [
      `user: bot, ${KEY}`,
      [
        'projects.0.credentials: hold both a user and an access key → give either user, domain and password, or accessKey and secretKey',
      ],
    ],
    [
      `${KEY}, securitytoken: x`,
      ['projects.0.credentials.securitytoken: is not a known setting → did you mean securityToken?'],
    ],
  ])('that are not whole, or two at once, are refused: %s', (credentials, expected) => {
    expect(faults(withCredentials(credentials), KEYS)).toEqual(expected);
  });

  test.each(['accessKey: AK1, secretKey: open', `${KEY}, securityToken: open`])(
    'keep their secrets out of the file: %s',
    (credentials) => {
      expect(faults(withCredentials(credentials), KEYS)).toEqual([
        expect.stringContaining('projects.0.credentials.se'),
      ]);
      expect(faults(withCredentials(credentials), KEYS).join()).not.toContain('open');
    },
  );
});
