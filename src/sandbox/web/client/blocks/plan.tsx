import type { JSX } from 'preact';
import { isRecord, type Json, records, text } from '../json.ts';
import { safeUrl } from '../text/inline.ts';
import { Link } from '../text/inline-view.tsx';
import { plainText } from '../text/text-object.tsx';
import { RichText } from './rich-text.tsx';

const STATES: Readonly<Record<string, { readonly mark: string; readonly word: string }>> = {
  pending: { mark: '○', word: 'waiting' },
  in_progress: { mark: '◐', word: 'in progress' },
  complete: { mark: '✓', word: 'done' },
  error: { mark: '✕', word: 'failed' },
};

/** Tasks, and how far each is. */
export function Plan({ block }: { readonly block: Json }): JSX.Element {
  return (
    <div class="plan">
      <div class="plan-title">{plainText(block.title)}</div>
      {records(block.tasks).map((task, index) => (
        <TaskCard key={text(task.task_id) ?? index} task={task} />
      ))}
    </div>
  );
}

export function TaskCard({ task }: { readonly task: Json }): JSX.Element {
  const status = text(task.status) ?? 'pending';
  const state = STATES[status] ?? { mark: '○', word: status };
  const more = isRecord(task.details) || isRecord(task.output) || records(task.sources).length > 0;
  const title = (
    <>
      <span class={`task-mark task-${status}`} role="img" aria-label={state.word}>
        {state.mark}
      </span>
      {plainText(task.title)}
    </>
  );
  if (!more) return <div class="task">{title}</div>;
  return (
    <details class="task" open={status !== 'complete'}>
      <summary>{title}</summary>
      {isRecord(task.details) && <RichText block={task.details} />}
      {isRecord(task.output) && <RichText block={task.output} />}
      <Sources sources={records(task.sources)} />
    </details>
  );
}

function Sources({ sources }: { readonly sources: readonly Json[] }): JSX.Element | null {
  if (sources.length === 0) return null;
  return (
    <p class="sources">
      {sources.map((source, index) => {
        const url = safeUrl(text(source.url) ?? '');
        const words = text(source.text) ?? text(source.url) ?? '';
        return url === undefined ? (
          <span key={index}>{words}</span>
        ) : (
          <Link key={index} url={url}>
            {words}
          </Link>
        );
      })}
    </p>
  );
}
