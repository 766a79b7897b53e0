import { z } from 'zod';
import { card, carousel, container, plan, taskCard } from './cards.ts';
import { dataVisualization } from './charts.ts';
import {
  actions,
  alert,
  context,
  contextActions,
  divider,
  header,
  image,
  input,
  markdown,
  section,
  video,
} from './layout.ts';
import { richText } from './rich-text.ts';
import { dataTable, table } from './tables.ts';

export type Surface = 'message' | 'modal' | 'home';

const everywhere = [section, actions, context, divider, header, image, input, richText, video] as const;

/**
 * The blocks that an app may send to each surface. A `file` block can only be read. Tables, cards, plans and
 * containers stay off the home tab and modals, where clients drop them, although some copies of the reference allow it.
 */
const BLOCKS = {
  message: z.discriminatedUnion('type', [
    ...everywhere,
    markdown,
    table,
    dataTable,
    dataVisualization,
    plan,
    taskCard,
    card,
    carousel,
    container,
    contextActions,
  ]),
  modal: z.discriminatedUnion('type', [...everywhere, alert]),
  home: z.discriminatedUnion('type', [...everywhere, carousel]),
} as const;

/** The most blocks that fit on each surface. */
export const MOST_BLOCKS = { message: 50, modal: 100, home: 100 } as const;

/** The list of blocks of a surface. */
export const BLOCK_LISTS = {
  message: z.array(BLOCKS.message).max(MOST_BLOCKS.message),
  modal: z.array(BLOCKS.modal).max(MOST_BLOCKS.modal),
  home: z.array(BLOCKS.home).max(MOST_BLOCKS.home),
} as const;
