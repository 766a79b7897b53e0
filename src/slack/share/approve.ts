import { defineApprove } from '../deciding/define-approve.ts';
import { decidedShare } from './decided-share.ts';

export const APPROVE = 'share:approve';

export const approveAction = defineApprove(APPROVE, decidedShare);
