import { createContext } from 'preact';
import { useContext, useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import type { Model } from './model.ts';
import { Session } from './session.ts';

const SessionContext = createContext(new Session());

export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  return useContext(SessionContext);
}

/** A part of the model; the component is drawn again only when that part has changed. */
export function useModel<T>(select: (model: Model) => T): T {
  const { store } = useSession();
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  const value = select(store.value);
  const latest = useRef({ select, value });
  latest.current = { select, value };
  useLayoutEffect(
    () =>
      store.listen(() => {
        if (!Object.is(latest.current.select(store.value), latest.current.value)) drawAgain(undefined);
      }),
    [store],
  );
  return value;
}
