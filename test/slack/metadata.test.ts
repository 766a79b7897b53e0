import { expect, test } from 'vitest';
import { z } from 'zod';
import { metadataText, readMetadata } from '../../src/slack/metadata.ts';
import { OutOfDate } from '../../src/slack/out-of-date.ts';

const schema = z.object({ requestId: z.string(), page: z.int().default(1) });

test('what a modal carries along comes back as it was', () => {
  const text = metadataText(schema, { requestId: 'R1' });

  expect(readMetadata(schema, { privateMetadata: text }, '/vbs share')).toEqual({ requestId: 'R1', page: 1 });
});

test('more than Slack takes is refused when it is written, not when it is sent', () => {
  expect(() => metadataText(schema, { requestId: 'x'.repeat(3_000) })).toThrow(RangeError);
});

test.each(['', 'R1', 'null', '{"requestId":7}', '[]'])('what does not parse is out of date: %j', (privateMetadata) => {
  expect(() => readMetadata(schema, { privateMetadata }, '/vbs share')).toThrow(new OutOfDate('/vbs share'));
});
