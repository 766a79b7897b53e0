import type { JSX } from 'preact';
import { Menu } from '../elements/menu.tsx';
import { useModel, useSession } from '../state/context.ts';
import type { Message } from '../state/model.ts';

/** What the app offers from anywhere, beside the composer; nothing where it offers nothing. */
export function GlobalShortcuts(): JSX.Element | null {
  const session = useSession();
  const items = useShortcuts(false);
  if (items.length === 0) return null;
  return (
    <Menu
      label="Shortcuts"
      class="button button-icon"
      items={items}
      onChoose={(callbackId) => void session.shortcut(callbackId)}
    >
      ⚡
    </Menu>
  );
}

interface MessageShortcutsProps {
  readonly message: Message;
  readonly channel: string;
}

/** What the app offers to do with a message. An ephemeral one has no such menu: Slack has not kept it. */
export function MessageShortcuts({ message, channel }: MessageShortcutsProps): JSX.Element | null {
  const session = useSession();
  const items = useShortcuts(true);
  if (items.length === 0 || message.isEphemeral) return null;
  return (
    <span class="message-menu">
      <Menu
        label="More actions on this message"
        class="icon-button"
        items={items}
        onChoose={(callbackId) => void session.shortcut(callbackId, { channel, ts: message.ts })}
      >
        ⋮
      </Menu>
    </span>
  );
}

function useShortcuts(isOnMessages: boolean): { value: string; text: string; description: string }[] {
  const shortcuts = useModel((model) => model.about.shortcuts);
  return shortcuts
    .filter((shortcut) => shortcut.isOnMessages === isOnMessages)
    .map(({ callbackId, name, summary }) => ({ value: callbackId, text: name, description: summary }));
}
