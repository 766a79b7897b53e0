import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalPath, canonicalQuery, signatureOf } from '../../src/vbs/auth/signature.ts';
import { queryText } from '../../src/vbs/path.ts';

/** The published signer; its inner steps are tested too, since its whole takes less than they do. */
class Reference extends AKSKSigner {
  static path(path: string): string | undefined {
    return Reference.CanonicalURI(path);
  }

  static query(queryParams: Readonly<Record<string, unknown>>): string {
    return Reference.CanonicalQueryString({ queryParams });
  }
}

interface Generated {
  readonly method: string;
  readonly host: string;
  readonly segments: readonly string[];
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly body: unknown;
  readonly at: Date;
  readonly key: { readonly accessKey: string; readonly secretKey: string };
  readonly securityToken: string | undefined;
}

function bySigner(request: Generated): unknown {
  const asked = {
    endpoint: `https://${request.host}/${request.segments.join('/')}`,
    method: request.method,
    queryParams: Object.fromEntries(
      Object.entries(request.query).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
    ),
    headers: { ...headersOf(request), 'X-Sdk-Date': basicTime(request.at) },
    data: request.body,
  };
  const { accessKey, secretKey } = request.key;
  const signed = AKSKSigner.sign(asked, new BasicCredentials().withAk(accessKey).withSk(secretKey));
  return Reflect.get(signed, 'Authorization');
}

function byClient(request: Generated): string {
  const path = request.segments.map((segment) => encodeURIComponent(segment)).join('/');
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const target = `/${path}${wireQuery(request.query)}`;
  const { method, host, key, at } = request;
  return signatureOf({ method, host, target, headers: headersOf(request), body }, key, at).authorization;
}

function headersOf({ securityToken }: Generated): Record<string, string> {
  const headers = { 'content-type': 'application/json', 'x-project-id': 'c13f5220dc1949b0b741ea81a7cd5554' };
  return securityToken === undefined ? headers : { ...headers, 'x-security-token': securityToken };
}

function basicTime(at: Date): string {
  return at.toISOString().replace(/\.\d+|[-:]/g, '');
}

/** As the client writes it, key by key, so that a key may come more than once. */
function wireQuery(query: Generated['query']): string {
  const parts = Object.entries(query).flatMap(([key, value]) =>
    (typeof value === 'string' ? [value] : value).map((each) => queryText({ [key]: each }).slice(1)),
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Any text that can be encoded. */
const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((each) => !/\p{Surrogate}/u.test(each));
/** Keys that are no integers, whose order in an object is another, and do not name an object's own. */
const queryKey = text.filter((key) => !/^\d+$/.test(key) && key !== '__proto__');
const query = fc.dictionary(queryKey, fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 4 })), { maxKeys: 6 });
/** What the parser of addresses that the published signer uses leaves as it is. */
const segment = fc.string({
  unit: fc.constantFrom(...Array.from('abcXYZ019-._~!*()$&+,;=:@'), 'ä', 'Ж', '中', 'ñ'),
  minLength: 1,
  maxLength: 40,
});

const generated: fc.Arbitrary<Generated> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  host: fc.constantFrom('vbs.eu-de.otc.t-systems.com', '127.0.0.1:8443', 'vbs.example:80'),
  segments: fc.array(segment, { minLength: 1, maxLength: 6 }),
  query,
  body: fc.option(fc.dictionary(text, fc.oneof(text, fc.integer(), fc.constant(null))), { nil: undefined }),
  at: fc.date({ min: new Date('2001-01-01T00:00:00Z'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true }),
  key: fc.record({
    accessKey: fc.stringMatching(/^[A-Z0-9]{20}$/),
    secretKey: fc.string({ minLength: 1, maxLength: 40 }),
  }),
  securityToken: fc.option(fc.base64String({ minLength: 4, maxLength: 400 }), { nil: undefined }),
});

test('requests are signed as the published signer signs them', () => {
  fc.assert(
    fc.property(generated, (request) => {
      expect(byClient(request)).toBe(bySigner(request));
    }),
    { numRuns: 2_000 },
  );
});

test('a path of any characters is brought into form as the published signer does it', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), (segments) => {
      const sent = segments.map((each) => encodeURIComponent(each)).join('/');
      expect(canonicalPath(`/${sent}`)).toBe(Reference.path(`/${segments.join('/')}`));
    }),
    { numRuns: 2_000 },
  );
});

test('a query of any keys, empty and repeated ones too, is brought into form as the published signer does it', () => {
  fc.assert(
    fc.property(query, (params) => {
      const copy = Object.fromEntries(
        Object.entries(params).map(([key, value]) => [key, Array.isArray(value) ? [...value] : value]),
      );
      expect(canonicalQuery(wireQuery(params).slice(1))).toBe(Reference.query(copy));
    }),
    { numRuns: 2_000 },
  );
});

test('the order in which a query is sent does not matter', () => {
  expect(canonicalQuery('b=2&a=&b=1&a=x%20y')).toBe('a=&a=x%20y&b=1&b=2');
});

test('each part of a request changes its signature', () => {
  const request = {
    method: 'GET',
    host: 'vbs.example',
    target: '/v2/p-1/backuppolicy?limit=1',
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
  };
  const key = { accessKey: 'AK', secretKey: 'SK' };
  const at = new Date('2026-01-05T08:00:00.999Z');
  const { signature, date } = signatureOf(request, key, at);
  const others = [
    signatureOf({ ...request, method: 'PUT' }, key, at),
    signatureOf({ ...request, host: 'vbs.example:444' }, key, at),
    signatureOf({ ...request, target: '/v2/p-2/backuppolicy?limit=1' }, key, at),
    signatureOf({ ...request, target: '/v2/p-1/backuppolicy?limit=2' }, key, at),
    signatureOf({ ...request, headers: { 'content-type': 'text/plain' } }, key, at),
    signatureOf({ ...request, body: undefined }, key, at),
    signatureOf(request, { ...key, secretKey: 'SK2' }, at),
    signatureOf(request, key, new Date('2026-01-05T08:00:01Z')),
  ];
  expect(date).toBe('20260105T080000Z');
  expect(new Set([signature, ...others.map((each) => each.signature)]).size).toBe(others.length + 1);
});
