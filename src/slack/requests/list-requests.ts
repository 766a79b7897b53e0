import type { CardKind } from '../../core/cards.ts';
import type { Action } from '../../core/errors.ts';
import { CannotCheck } from '../../core/errors.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { ShareRequest } from '../../core/sharing/share-request.ts';
import type { Page, PageOf } from '../../core/stores.ts';
import type { Context } from '../answers.ts';
import { withSharings } from '../share/read-share.ts';
import type { ListedRequest } from './request-entry.ts';

/** The person's own requests, newest first. */
export async function myRequests(ctx: Context, page: PageOf): Promise<Page<ListedRequest>> {
  return listed(ctx, await ctx.core.store.shareRequests.list({ requester: ctx.user }, page));
}

/** Pending requests on which this person may still decide; undefined where that cannot be looked up now. */
export async function requestsAwaiting(ctx: Context, page: PageOf): Promise<Page<ListedRequest> | undefined> {
  const projects = await projectsFor(ctx, 'approve');
  if (projects === undefined) return undefined;
  if (projects.length === 0) return { total: 0, items: [] };
  const filter = {
    states: ['pending'] as const,
    projects: projects.map((project) => project.alias),
    awaiting: ctx.user,
  };
  return listed(ctx, await ctx.core.store.shareRequests.list(filter, page));
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

async function listed(ctx: Context, page: Page<ShareRequest>): Promise<Page<ListedRequest>> {
  const items = page.items.map(async (request) => {
    const [share, link] = await Promise.all([
      withSharings(ctx.core, request),
      cardLink(ctx, 'share-request', request.id),
    ]);
    return { ...share, link };
  });
  return { total: page.total, items: await Promise.all(items) };
}
