import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Action as Right } from '../../core/errors.ts';
import type { ActionAnswer, Context, ModalAnswer } from '../answers.ts';
import { type Action, defineAction, defineModal, type Modal } from '../define.ts';
import type { Message } from '../kit.ts';
import { metadataText } from '../metadata.ts';
import type { FilterForm } from './filter-form-view.ts';

/** What was entered, as a filter; or, by block id, what is wrong with it. */
export type EnteredFilter<F> = { readonly filter: F } | { readonly errors: Readonly<Record<string, string>> };

/** How a list of a project is filtered. */
export interface ListFilter<P, V extends z.ZodType, F> {
  /** The id of the button under the list. */
  readonly button: string;
  /** The id of the form. */
  readonly form: string;
  readonly again: string;
  /** What a person must be allowed in the project to be shown the list. */
  readonly right: Right;
  /** What the button carries. */
  readonly place: z.ZodType<P>;
  readonly values: V;
  view(form: FilterForm<P>): ModalView;
  read(entered: z.output<V>): EnteredFilter<F>;
  /** The first page of what the filter lets through. */
  draw(ctx: Context, project: string, filter: F): Promise<Message>;
}

/** The project, and the `response_url` of the click, through which the list is replaced. */
const metadata = z.object({ project: z.string(), responseUrl: z.string().optional() });

/** Defines *Change filter* under a list, and the form that it opens. */
export function defineFilterForm<P extends { readonly project: string }, V extends z.ZodType, F>(
  about: ListFilter<P, V, F>,
): readonly [Action, Modal] {
  const { button, form, again, place, values } = about;
  const assertMay = (ctx: Context, project: string): Promise<void> =>
    ctx.core.access.assert(about.right, ctx.core.projects.get(project), ctx.user);
  const action = defineAction({
    id: button,
    again,
    value: place,
    async run(ctx, shown): Promise<ActionAnswer> {
      await assertMay(ctx, shown.project);
      const carried = metadataText(metadata, { project: shown.project, responseUrl: ctx.responseUrl });
      return { open: about.view({ place: shown, callbackId: form, metadata: carried }) };
    },
  });
  const modal = defineModal({
    id: form,
    again,
    metadata,
    values,
    async submit(ctx, { metadata: { project, responseUrl }, values: entered }): Promise<ModalAnswer> {
      await assertMay(ctx, project);
      const read = about.read(entered);
      if ('errors' in read) return read;
      return {
        close: true,
        async after(ownReply) {
          const reply = responseUrl === undefined ? ownReply : ctx.client.replyTo(responseUrl);
          await reply.replace(await about.draw(ctx, project, read.filter));
        },
      };
    },
  });
  return [action, modal];
}
