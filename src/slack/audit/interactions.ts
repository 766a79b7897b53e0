import type { Definition } from '../define.ts';
import { auditCommand, auditProjectModal, turnAuditAction } from './audit-command.ts';
import { auditFilterModal, changeAuditFilterAction } from './change-filter.ts';
import { exportAuditAction, exportAuditModal } from './export-audit.ts';

/** The record of what was asked for, decided and changed. */
export const auditInteractions: readonly Definition[] = [
  auditCommand,
  auditProjectModal,
  turnAuditAction,
  changeAuditFilterAction,
  auditFilterModal,
  exportAuditAction,
  exportAuditModal,
];
