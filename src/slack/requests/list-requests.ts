import type { Asked } from '../../core/asked-store.ts';
import type { CardKind } from '../../core/cards.ts';
import type { Action } from '../../core/errors.ts';
import { CannotCheck } from '../../core/errors.ts';
import type { Page, PageOf } from '../../core/page.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { Context } from '../answers.ts';
import { disksOf } from '../changes/read-change.ts';
import { withSharings } from '../share/read-share.ts';
import type { ListedRequest } from './request-entry.ts';

/** The person's own requests, newest first. */
export async function myRequests(ctx: Context, page: PageOf): Promise<Page<ListedRequest>> {
  return listed(ctx, await ctx.core.store.asked.list({ requester: ctx.user }, page));
}

/** Pending requests on which this person may still decide; undefined where that cannot be looked up now. */
export async function requestsAwaiting(ctx: Context, page: PageOf): Promise<Page<ListedRequest> | undefined> {
  const projects = await projectsFor(ctx, 'approve');
  if (projects === undefined) return undefined;
  if (projects.length === 0) return { total: 0, items: [] };
  const filter = { projects: projects.map((project) => project.alias), awaiting: ctx.user };
  return listed(ctx, await ctx.core.store.asked.list(filter, page));
}

/** The projects in which the person may do this; undefined where Slack does not tell who belongs to a group now. */
export async function projectsFor(ctx: Context, action: Action): Promise<readonly ManagedProject[] | undefined> {
  try {
    return await ctx.core.access.projects(action, ctx.user);
  } catch (error) {
    if (error instanceof CannotCheck) return undefined;
    throw error;
  }
}

/** The link of an entity's card, where it has been posted. */
export async function cardLink(ctx: Context, kind: CardKind, entityId: string): Promise<string | undefined> {
  const posted = await ctx.core.store.cards.messageOf(kind, entityId);
  return posted && ctx.client.permalink(posted.channel, posted.ts);
}

async function listed(ctx: Context, page: Page<Asked>): Promise<Page<ListedRequest>> {
  return { total: page.total, items: await Promise.all(page.items.map((asked) => entryOf(ctx, asked))) };
}

async function entryOf(ctx: Context, asked: Asked): Promise<ListedRequest> {
  if (asked.kind === 'change') {
    const { change } = asked;
    const link = await cardLink(ctx, 'change', change.id);
    return { kind: 'change', change, disks: disksOf(ctx.core, change), link };
  }
  const { request } = asked;
  const [share, link] = await Promise.all([
    withSharings(ctx.core, request),
    cardLink(ctx, 'share-request', request.id),
  ]);
  return { kind: 'share', ...share, link };
}
