import { describe, expect, it } from 'vitest';
import type { ShareForm } from '../../../src/slack/share/share-form-view.ts';
import { shareFormView } from '../../../src/slack/share/share-form-view.ts';
import { expectView, HOSTILE } from '../expect-view.ts';
import { backup, before, disks, NOW } from './samples.ts';

const ids = { form: 'share:form', project: 'share:project', backup: 'share:backup' };
const payments = {
  alias: 'payments',
  approvals: 2,
  approvalsChannel: 'C0PAYMENTS',
  requestOpenForMs: 3 * 86_400_000,
  allowUnknownTargets: false,
  disks,
};

function form(more: Partial<ShareForm> = {}): ShareForm {
  return {
    projects: ['payments', 'platform'],
    project: payments,
    targets: ['analytics', 'platform'],
    backup: undefined,
    reading: false,
    note: undefined,
    metadata: '{}',
    now: NOW,
    ...more,
  };
}

describe('shareFormView', () => {
  it.each([
    ['asks for the project alone at first', form({ project: undefined })],
    ['asks for all that a request needs', form()],
    ['shows that the backup is being read', form({ reading: true })],
    ['shows the facts of the backup that is chosen', form({ backup })],
    ['warns of a backup that is not available', form({ backup: { ...backup, status: 'error_restoring' } })],
    ['takes project ids where the project allows it', form({ project: { ...payments, allowUnknownTargets: true } })],
    [
      'takes project ids alone where no other project is known',
      form({ project: { ...payments, allowUnknownTargets: true }, targets: [] }),
    ],
    ['says so where there is nobody to share with', form({ targets: [] })],
    ['shows a note', form({ note: 'There is no backup like “x” in payments. Choose one.' })],
  ])('%s', (_, shown) => {
    const view = shareFormView(shown, ids);
    expectView(view);
    expect(view).toMatchSnapshot();
  });

  it('holds more projects than one list of options does', () => {
    const many = Array.from({ length: 250 }, (_, at) => `team-${at}`);
    const view = shareFormView(form({ targets: many, projects: many }), ids);
    expectView(view);
    const offered = [...JSON.stringify(view).matchAll(/"value":"team-(\d+)"/g)];
    expect(offered).toHaveLength(500);
  });

  it('names the block of the backup after its project, so that nothing of another project stays in it', () => {
    const blocks = [payments, { ...payments, alias: 'platform' }].map((project) =>
      shareFormView(form({ project }), ids).blocks.flatMap(({ block_id }) => block_id ?? []),
    );
    expect(blocks).toEqual([
      ['project', 'backup#payments', 'targets#payments', 'reason', 'endsAt'],
      ['project', 'backup#platform', 'targets#platform', 'reason', 'endsAt'],
    ]);
  });

  it('stays a view that Slack takes when everything is named by an enemy', () => {
    const view = shareFormView(
      form({
        backup: { ...backup, name: HOSTILE, diskId: HOSTILE, takenAt: before(1), status: 'error' },
        project: { ...payments, disks: new Map([[HOSTILE, HOSTILE]]) },
      }),
      ids,
    );
    expectView(view);
    expect(JSON.stringify(view.blocks.filter((block) => block.type !== 'input'))).not.toContain('<!channel>');
  });
});
