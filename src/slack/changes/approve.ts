import { defineApprove } from '../deciding/define-approve.ts';
import { decidedChange } from './decided-change.ts';

export const APPROVE = 'change:approve';

export const approveAction = defineApprove(APPROVE, decidedChange);
