import { afterEach, beforeEach } from 'vitest';
import type { CardKind, ClaimedCard } from '../../../src/core/cards.ts';
import type { BackupService, Clouds } from '../../../src/core/ports.ts';
import { decideShare } from '../../../src/core/sharing/decide-share.ts';
import { requestShare, type ShareWish } from '../../../src/core/sharing/request-share.ts';
import type { ShareRequest } from '../../../src/core/sharing/share-request.ts';
import { type CoreWorld, type CoreWorldOptions, createCoreWorld, OWNER, REQUESTER } from '../../support/core-world.ts';
import type { TestDatabase } from '../../support/databases.ts';

export const HOUR = 3_600_000;

/** A backup of payments that people ask for, anew before each test. */
export class SharingScene {
  readonly #database: TestDatabase;
  #world: CoreWorld | undefined;
  backupId = '';

  constructor(database: TestDatabase) {
    this.#database = database;
    beforeEach(() => this.begin());
    afterEach(() => this.#world?.close());
  }

  get world(): CoreWorld {
    if (this.#world === undefined) throw new Error('the scene has not begun');
    return this.#world;
  }

  /** Begins again, in another world. */
  async begin(options: CoreWorldOptions = {}): Promise<void> {
    await this.#world?.close();
    this.#world = undefined;
    this.#world = await createCoreWorld(this.#database, options);
    const { backups } = await this.world.core.catalogue.list('payments');
    this.backupId = backups.find((backup) => backup.name?.startsWith('db-release'))?.id ?? '';
  }

  ask(about: Partial<ShareWish> = {}, core = this.world.core): Promise<ShareRequest> {
    return requestShare(core, {
      by: REQUESTER,
      project: 'payments',
      backupId: this.backupId,
      targets: ['analytics'],
      reason: 'reproduce the settlement bug',
      endsAt: undefined,
      dedupeKey: 'view-1',
      ...about,
    });
  }

  approve(requestId: string, by = OWNER) {
    return decideShare(this.world.core, { requestId, by, kind: 'approve' });
  }

  async approved(about: Partial<ShareWish> = {}): Promise<ShareRequest> {
    const request = await this.ask(about);
    await this.approve(request.id);
    return request;
  }

  /** Lets time pass, five minutes by five minutes, in which the background works. */
  async pass(hours: number): Promise<void> {
    for (let left = hours * 12; left > 0; left -= 1) {
      this.world.clock.advance(5 * 60_000);
      await this.world.work();
    }
  }

  /** What the requester is told in person, as far as it is still to be posted. */
  async told(): Promise<readonly string[]> {
    const cards = await this.#waiting();
    return cards.filter(({ kind }) => kind === 'share-outcome').map(({ entityId }) => entityId.split('#')[1] ?? '');
  }

  /** Of what is still to be posted, what tells of the end of sharings. */
  async toldOfEnds(): Promise<readonly (readonly [CardKind, string])[]> {
    const cards = await this.#waiting();
    return cards
      .filter(({ entityId }) => entityId.includes('#stopped#'))
      .map(({ kind, entityId }) => [kind, entityId] as const);
  }

  async #waiting(): Promise<readonly ClaimedCard[]> {
    const now = this.world.clock.now();
    const until = new Date(now.getTime() + 1_000);
    const cards: ClaimedCard[] = [];
    for (;;) {
      const more = await this.world.core.store.cards.claimDue({ now, until, limit: 50 });
      if (more.length === 0) return cards;
      for (const card of more) {
        await this.world.core.store.cards.shown(card.id, card.lease, {
          channel: 'C1',
          ts: `${card.id}`,
          shown: card.wanted,
        });
        cards.push(card);
      }
    }
  }

  now(id: string): Promise<ShareRequest | undefined> {
    return this.world.core.store.shareRequests.get(id);
  }

  inCloud() {
    return this.world.simulator.world.sharings.in(this.backupId);
  }

  shareCalls(): number {
    return this.world.simulator.log().filter((entry) => entry.route === 'sharings.share').length;
  }

  refuse(route: string, times: number): void {
    const refusal = { kind: 'status', status: 403, code: 'VolumeBackup.0042' } as const;
    this.world.simulator.setFaults({ routes: [{ route, ...refusal, times }] });
  }
}

/** Clouds of which some calls do something else. */
export function changedClouds(clouds: Clouds, change: (cloud: BackupService) => Partial<BackupService>): Clouds {
  return {
    of(alias) {
      const cloud = clouds.of(alias);
      return { ...cloud, ...change(cloud) };
    },
  };
}

/** A cloud that shows no sharing as long as it is blind. */
export function hidingSharings(clouds: Clouds, blind: { readonly is: boolean }): Clouds {
  return changedClouds(clouds, (cloud) => ({
    sharings: (filter, signal) => (blind.is ? none() : cloud.sharings(filter, signal)),
  }));
}

async function* none(): AsyncGenerator<never> {
  // Nothing is shown.
}
