import type { JSX } from 'preact';
import { useUserName } from '../text/inline-view.tsx';

const HUES = 12;

/** A person's initials on a colour of their own; a square one for the app. */
export function Avatar({ user, isSmall = false }: { readonly user: string; readonly isSmall?: boolean }): JSX.Element {
  const name = useUserName(user) ?? '?';
  const isApp = user.startsWith('USLACKBOT') || !name.includes(' ');
  const initials = isApp ? name.slice(0, 1) : name.replace(/(\S)\S*/g, '$1').replaceAll(' ', '');
  const size = isSmall ? ' avatar-small' : '';
  return (
    <span class={`avatar avatar-${isApp ? 'app' : hueOf(user)}${size}`} aria-hidden="true">
      {initials.toUpperCase()}
    </span>
  );
}

function hueOf(user: string): number {
  return Array.from(user).reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 997, 7) % HUES;
}
