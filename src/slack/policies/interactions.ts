import type { CardDefinition } from '../cards.ts';
import type { Definition } from '../define.ts';
import { addDisksAction, disksModal, removeDisksAction } from '../policy-disks/disks-form.ts';
import { editPolicyAction, newPolicyAction } from '../policy-form/open-policy-form.ts';
import { policyFormModal } from '../policy-form/policy-form.ts';
import { findByTagModal } from '../policy-tags/all-tags.ts';
import { policyTagsAction, removeTagAction, tagsChooser } from '../policy-tags/policy-tags.ts';
import { tagsCommand } from '../policy-tags/tags-command.ts';
import { editTagsAction, tagsFormModal } from '../policy-tags/tags-form.ts';
import { runChooser } from './choose-policy.ts';
import { confirmRunModal } from './confirm-run.ts';
import { deletePolicyAction, deletePolicyModal } from './delete-policy.ts';
import { policiesCommand, turnPoliciesAction } from './policies-command.ts';
import { policyCommand } from './policy-command.ts';
import { runAgainAction } from './run-again.ts';
import { runCard } from './run-card.ts';
import { runCommand } from './run-command.ts';
import { runNowAction } from './run-now.ts';
import { policyChooser, showPolicyAction } from './show-policy.ts';
import { showRunAction, turnRunAction } from './show-run.ts';
import { turnPolicyAction } from './turn-policy.ts';

/** What people do with policies: list them, run them, look at a run, make, change and delete them. */
export const policiesInteractions: readonly Definition[] = [
  ...policiesCommand,
  policyCommand,
  runCommand,
  turnPoliciesAction,
  runNowAction,
  runAgainAction,
  showRunAction,
  turnRunAction,
  runChooser.modal,
  confirmRunModal,
  policyChooser.modal,
  showPolicyAction,
  turnPolicyAction,
  deletePolicyAction,
  deletePolicyModal,
  newPolicyAction,
  editPolicyAction,
  policyFormModal,
  addDisksAction,
  removeDisksAction,
  disksModal,
  tagsCommand,
  tagsChooser.modal,
  policyTagsAction,
  removeTagAction,
  editTagsAction,
  tagsFormModal,
  findByTagModal,
];

/** How runs look in a channel. */
export const policiesCards: readonly CardDefinition[] = [runCard];
