import { faultsOf, type Path } from './faults.ts';
import { BLOCK_LISTS, type Surface } from './surfaces.ts';
import { wholeFaults } from './whole.ts';

/**
 * Checks blocks as strictly as Slack does, and a little more where sources disagree.
 * @returns what is wrong in Slack's wording, each with a JSON pointer; empty when the blocks are valid
 */
export function validateBlocks(blocks: unknown, surface: Surface): string[] {
  return blockFaults(blocks, surface, ['blocks']);
}

/** The same for blocks that sit elsewhere in a payload than at `/blocks`. */
export function blockFaults(blocks: unknown, surface: Surface, base: Path): string[] {
  return [...faultsOf(BLOCK_LISTS[surface], blocks, base), ...wholeFaults(blocks, surface, base)];
}
