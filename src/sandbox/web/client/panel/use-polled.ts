import { useEffect, useState } from 'preact/hooks';
import type { CloudView } from '../../shared.ts';
import { call } from '../state/api.ts';
import { isCloudView } from '../state/reading.ts';

const EVERY_MS = 1_000;

/** Does something every second while the component is on the screen, one after the other. */
export function usePolling(work: () => Promise<void>): void {
  useEffect(() => {
    let timer: number | undefined;
    let isOver = false;
    const round = async (): Promise<void> => {
      // A demo that is gone for a moment comes back; the page says so elsewhere.
      await work().catch(() => undefined);
      if (!isOver) timer = window.setTimeout(() => void round(), EVERY_MS);
    };
    void round();
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, []);
}

/** The cloud as it is now. */
export function useCloud(): CloudView | undefined {
  const [cloud, setCloud] = useState<CloudView>();
  usePolling(async () => {
    const answer = await call('/_demo/cloud');
    if (isCloudView(answer)) setCloud(answer);
  });
  return cloud;
}
