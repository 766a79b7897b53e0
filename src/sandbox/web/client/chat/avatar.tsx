import type { JSX } from 'preact';
import { useModel } from '../state/context.ts';
import { useUserName } from '../text/inline-view.tsx';

const HUES = 12;

/** A person's initials on a colour of their own; a square one for the app. */
export function Avatar({ user, isSmall = false }: { readonly user: string; readonly isSmall?: boolean }): JSX.Element {
  const name = useUserName(user) ?? '?';
  const isApp = user.startsWith('USLACKBOT') || !name.includes(' ');
  const initials = isApp ? name.slice(0, 1) : name.replace(/(\S)\S*/g, '$1').replaceAll(' ', '');
  const hue =
    useModel((model) =>
      Math.max(
        0,
        model.people.findIndex((person) => person.id === user),
      ),
    ) % HUES;
  const size = isSmall ? ' avatar-small' : '';
  return (
    <span
      class={`avatar avatar-${isApp ? 'app' : hue}${size}`}
      data-initials={initials.toUpperCase()}
      aria-hidden="true"
    />
  );
}
