import { defineReject } from '../deciding/define-reject.ts';
import { decidedChange } from './decided-change.ts';

export const REJECT = 'change:reject';
export const REJECT_FORM = 'change:reject-form';

export const [rejectAction, rejectModal] = defineReject({ button: REJECT, form: REJECT_FORM }, decidedChange);
