import { describe, expect, it } from 'vitest';
import { validateView } from '../../../src/sandbox/slack/validate/view.ts';
import { shareNamedView } from '../../../src/slack/share/share-named-view.ts';
import { HOSTILE } from '../expect-view.ts';
import { noRight } from './samples.ts';

const about = {
  callbackId: 'share:named-form',
  metadata: '{}',
  value: ({ project, id }: { readonly project: string; readonly id: string }) => JSON.stringify([project, id]),
};

describe('shareNamedView', () => {
  it('holds more backups and unread projects than Slack takes lines', () => {
    const id = (at: number) => `b0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
    const backups = Array.from({ length: 300 }, (_, at) => ({ id: id(at), name: HOSTILE, project: 'payments' }));
    const unread = Array.from({ length: 120 }, (_, at) => ({ project: `project-${at}`, failure: noRight }));
    const view = shareNamedView({ backups, unread }, about);
    expect(validateView(view, 'modal')).toEqual([]);
    expect(JSON.stringify(view.blocks)).toContain('Backups of project-0 were not looked at.');
  });
});
