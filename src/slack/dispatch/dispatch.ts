import type {
  AnyMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import { actionListener } from './actions.ts';
import { commandListener } from './commands.ts';
import type { Environment } from './environment.ts';
import { homeListener } from './home.ts';
import { optionsListener, type Search } from './options.ts';
import { shortcutListener } from './shortcuts.ts';
import { closedListener, submissionListener } from './views.ts';

/**
 * Hands each delivery to what answers its kind. One middleware for all: of every listener Bolt makes a chain of its own
 * for each delivery, whatever its kind. What is of no use here goes by.
 */
export function dispatcher(env: Environment): (arrival: AnyMiddlewareArgs) => Promise<void> {
  const commands = commandListener(env);
  const actions = actionListener(env);
  const options = optionsListener(env);
  const shortcuts = shortcutListener(env);
  const submissions = submissionListener(env);
  const closings = closedListener(env);
  const home = homeListener(env);
  return async (arrival) => {
    if ('command' in arrival) return commands(arrival);
    if ('action' in arrival) return arrival.body.type === 'block_actions' ? actions(arrival) : undefined;
    if ('options' in arrival) return isSearch(arrival) ? options(arrival) : undefined;
    if ('shortcut' in arrival) return shortcuts(arrival);
    if ('view' in arrival) return isSubmission(arrival) ? submissions(arrival) : closings(arrival);
    if ('event' in arrival && arrival.event.type === 'app_home_opened') return home({ event: arrival.event });
  };
}

function isSearch(arrival: SlackOptionsMiddlewareArgs): arrival is SlackOptionsMiddlewareArgs & Search {
  return arrival.body.type === 'block_suggestion';
}

function isSubmission(arrival: SlackViewMiddlewareArgs): arrival is SlackViewMiddlewareArgs<ViewSubmitAction> {
  return arrival.body.type === 'view_submission';
}
