import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { KnownCommand } from '../../shared.ts';
import { usePopup } from '../elements/popup.ts';
import { useModel, useSession } from '../state/context.ts';
import { commandIn, completions } from './completion.ts';
import { GlobalShortcuts } from './shortcuts.tsx';

/** Where one types commands. There is no one to talk to here, so other texts are not sent. */
export function Composer({ channel, place }: { readonly channel: string; readonly place: string }): JSX.Element {
  const session = useSession();
  const commands = useModel((model) => model.about.commands);
  const isOpen = useModel((model) => model.link === 'open');
  const [typed, setTyped] = useState('');
  const [isListed, setListed] = useState(true);
  /** Which of the list was gone to by the arrows, since something was typed. */
  const [gone, setGone] = useState<number>();
  const [sent, setSent] = useState<readonly string[]>([]);
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const found = isListed ? completions(typed, commands) : [];
  const isTyped = ({ command }: KnownCommand): boolean => command === typed.trim();
  const active = gone ?? Math.max(0, found.findIndex(isTyped));
  useEffect(() => setTyped(''), [channel]);

  const type = (text: string): void => {
    setTyped(text);
    setGone(undefined);
    setListed(true);
  };
  const write = (text: string): void => {
    type(text);
    field.current?.focus();
  };
  const send = async (): Promise<void> => {
    const text = typed.trim();
    if (text === '' || !isOpen) return;
    if (!text.startsWith('/')) {
      session.toast({ tone: 'note', text: `Only commands go anywhere here: type / to see them.` });
      return;
    }
    setTyped('');
    setSent([text, ...sent.filter((one) => one !== text)]);
    if (!(await session.command(channel, text))) setTyped((now) => (now === '' ? text : now));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const choice = found[active];
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' && found.length > 0) setGone((active + 1) % found.length);
    else if (event.key === 'ArrowUp' && found.length > 0) setGone((active - 1 + found.length) % found.length);
    else if (event.key === 'ArrowUp' && typed === '' && sent[0] !== undefined) write(sent[0]);
    else if (event.key === 'Escape' && found.length > 0) setListed(false);
    else if (event.key === 'Tab' && !event.shiftKey && choice) write(`${choice.command} `);
    else if (event.key === 'Enter') {
      if (choice && !isTyped(choice)) write(`${choice.command} `);
      else void send();
    } else return;
    event.preventDefault();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <UsageLine command={found.length === 0 ? commandIn(typed, commands) : undefined} />
      <div class="composer-box" ref={box}>
        <input
          ref={field}
          autocomplete="off"
          value={typed}
          disabled={!isOpen}
          aria-label={`Type a command in ${place}`}
          placeholder={isOpen ? 'Type / for the commands' : 'Waiting for the demo to come back…'}
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={found.length > 0 ? `${id}-${active}` : undefined}
          onInput={(event) => type(event.currentTarget.value)}
          onBlur={() => setListed(false)}
          onKeyDown={onKeyDown}
        />
        <GlobalShortcuts />
        <button type="submit" class="button button-primary" disabled={!isOpen || typed.trim() === ''}>
          Send
        </button>
      </div>
      <CommandList id={id} anchor={box} found={found} active={active} onChoose={(one) => write(`${one.command} `)} />
    </form>
  );
}

function UsageLine({ command }: { readonly command: KnownCommand | undefined }): JSX.Element | null {
  if (!command) return null;
  return (
    <div class="usage" role="status">
      <code>
        {command.command} {command.usage}
      </code>
      <span>{command.summary}</span>
    </div>
  );
}

interface CommandListProps {
  readonly id: string;
  readonly anchor: { readonly current: HTMLElement | null };
  readonly found: readonly KnownCommand[];
  readonly active: number;
  readonly onChoose: (command: KnownCommand) => void;
}

function CommandList({ id, anchor, found, active, onChoose }: CommandListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  usePopup({ popup: list, anchor, isOpen: found.length > 0 });
  useEffect(() => document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' }), [active]);
  return (
    <div ref={list} class="popup" popover="manual" onMouseDown={(event) => event.preventDefault()}>
      <div id={id} role="listbox" aria-label="Commands">
        {found.map((one, index) => (
          <div
            key={one.command}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            class={index === active ? 'option option-active command' : 'option command'}
            onClick={() => onChoose(one)}
          >
            <span>
              <strong>{one.command}</strong> <span class="faint">{one.usage}</span>
            </span>
            <span class="option-description">{one.summary}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
