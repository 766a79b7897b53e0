import { afterEach, describe } from 'vitest';
import type { Store } from '../../src/core/stores.ts';
import { openStore, type StoreOptions } from '../../src/store/store.ts';
import { databases, type TestDatabase } from '../support/databases.ts';

export interface Replicas {
  readonly database: TestDatabase['name'];
  /** The address of the test's own database, empty at first. */
  readonly url: () => Promise<string>;
  /** Opens it once more, as another replica would. Closed by itself after the test. */
  readonly open: (options?: Omit<StoreOptions, 'url'>) => Promise<Store>;
}

/** Runs the tests on each kind of database, each test with an empty one. */
export function onEachDatabase(title: string, tests: (replicas: Replicas) => void): void {
  describe.each(databases)(`${title} ($name)`, ({ name, create }) => {
    let created: ReturnType<TestDatabase['create']> | undefined;
    const stores: Store[] = [];
    const url = async () => {
      created ??= create();
      return (await created).url;
    };

    afterEach(async () => {
      await Promise.all(stores.splice(0).map((store) => store.close()));
      await (await created)?.drop();
      created = undefined;
    });

    tests({
      database: name,
      url,
      async open(options) {
        const store = await openStore({ ...options, url: await url() });
        stores.push(store);
        return store;
      },
    });
  });
}
