import { defineWithdraw } from '../deciding/define-withdraw.ts';
import { decidedChange } from './decided-change.ts';

export const WITHDRAW = 'change:withdraw';

export const withdrawAction = defineWithdraw(WITHDRAW, decidedChange);
