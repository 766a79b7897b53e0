import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DemoRoutesParts, serveDemoRoute } from './demo-routes.ts';
import { builtPage } from './page-build.ts';
import { type PageFiles, pageOf, readPage, servePage } from './page-files.ts';

/** The page's files, built if need be; where that fails, a page that says so. */
export async function loadPage(): Promise<PageFiles> {
  try {
    return await readPage(await builtPage());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return pageOf(
      `The page could not be built (${reason}). Run npm ci, which installs what builds it, and start again.`,
    );
  }
}

/** Takes requests for the page and for `/_demo`; false for all others. */
export function pageRoutes(
  files: PageFiles,
  parts: DemoRoutesParts,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (request.url?.startsWith('/_demo/')) {
      void serveDemoRoute(parts, request, response);
      return true;
    }
    return servePage(files, request, response);
  };
}
