import type { Definition } from '../define.ts';
import { home } from './home.ts';
import { homeShareAction } from './home-share.ts';

/** The home tab and what can be clicked there. */
export const homeInteractions: readonly Definition[] = [home, homeShareAction];
