import { defineReject } from '../deciding/define-reject.ts';
import { decidedShare } from './decided-share.ts';

export const REJECT = 'share:reject';
export const REJECT_FORM = 'share:reject-form';

export const [rejectAction, rejectModal] = defineReject({ button: REJECT, form: REJECT_FORM }, decidedShare);
