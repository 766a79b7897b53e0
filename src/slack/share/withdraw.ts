import { defineWithdraw } from '../deciding/define-withdraw.ts';
import { decidedShare } from './decided-share.ts';

export const WITHDRAW = 'share:withdraw';

export const withdrawAction = defineWithdraw(WITHDRAW, decidedShare);
