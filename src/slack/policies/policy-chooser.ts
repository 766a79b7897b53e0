import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { NotFound, type Action as Right } from '../../core/errors.ts';
import type { Policy } from '../../core/policies/policy.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { CommandAnswer, Context, ModalAnswer, OpenAnswer, OpenView } from '../answers.ts';
import { type Action, defineAction, defineModal, type Modal } from '../define.ts';
import { oneLine } from '../kit.ts';
import { loadingView } from '../notice-view.ts';
import { noProject } from '../project-picker.ts';
import { PROJECT_BLOCK } from '../project-picker-view.ts';
import { type ChoosePolicyParts, choosePolicyView, POLICY_BLOCK } from './choose-policy-view.ts';
import { findPolicies } from './find-policy.ts';

/** A policy and the project that it belongs to. */
export interface ChosenPolicy {
  readonly project: ManagedProject;
  readonly policy: Policy;
}

/** What a policy is asked for, of whoever has the right `action` in its project. */
export interface ChooserParts {
  /** What its ids begin with. */
  readonly id: string;
  /** The command that takes a policy by its name, such as `/vbs run`. */
  readonly command: string;
  readonly title: string;
  readonly action: Right;
  /** What is shown of the policy that was chosen. Throws NotAllowed, CannotCheck or CloudError. */
  next(ctx: Context, chosen: ChosenPolicy): Promise<ModalView>;
}

/** How a command comes by a policy: named in whole, in part or not at all. */
export class PolicyChooser {
  readonly #about: ChooserParts;
  /** The form that asks for it. */
  readonly modal: Modal;

  constructor(about: ChooserParts) {
    this.#about = about;
    this.modal = defineModal({
      id: `${about.id}:choose`,
      again: about.command,
      metadata: z.unknown(),
      values: z.object({ [PROJECT_BLOCK]: z.string(), [POLICY_BLOCK]: z.string().nullish() }),
      actions: [this.#projectAction()],
      submit: (ctx, { values }) => this.#chosen(ctx, values[PROJECT_BLOCK], values[POLICY_BLOCK] ?? undefined),
    });
  }

  /** Asks for the project first. */
  async choose(ctx: Context): Promise<CommandAnswer> {
    const aliases = await this.#aliases(ctx);
    const [only, another] = aliases;
    if (only === undefined) return noProject();
    if (another !== undefined) return { open: this.#draw({ aliases, project: undefined, policies: undefined }) };
    return {
      open: this.#draw({ aliases, project: only, policies: 'reading' }),
      after: (view) => this.#show(ctx, view, { aliases, project: only }),
    };
  }

  /** Asks for one of a project's policies. */
  chooseIn(ctx: Context, alias: string): OpenAnswer {
    return {
      open: this.#reading(alias),
      after: (view) => this.#show(ctx, view, { aliases: [alias], project: alias }),
    };
  }

  /** Goes on with the policy of this id or name; asks which one is meant where several have it. */
  named(ctx: Context, wish: { readonly project: string; readonly policy: string }): OpenAnswer {
    return {
      open: this.#reading(wish.project),
      after: async (view) => {
        const project = ctx.core.projects.get(wish.project);
        const policies = findPolicies(await this.#policies(ctx, project), wish.policy);
        const [policy, another] = policies;
        if (policy !== undefined && another === undefined) {
          return view.update(await this.#about.next(ctx, { project, policy }));
        }
        await view.update(this.#draw({ aliases: [project.alias], project: project.alias, policies }));
      },
    };
  }

  /** Another project is chosen: its policies take the place of the former one's. */
  #projectAction(): Action {
    return defineAction({
      id: `${this.#about.id}:project`,
      again: this.#about.command,
      value: z.string(),
      run: async (ctx, alias) => {
        const aliases = await this.#aliases(ctx);
        return {
          updateView: this.#draw({ aliases, project: alias, policies: 'reading' }),
          after: (view) => this.#show(ctx, view, { aliases, project: alias }),
        };
      },
    });
  }

  /** *Continue*: from the policy to what is to be done with it. */
  #chosen(ctx: Context, alias: string, policyId: string | undefined): ModalAnswer {
    return {
      update: this.#reading(alias),
      after: async (view) => {
        const project = ctx.core.projects.get(alias);
        if (!policyId) return this.#show(ctx, view, { aliases: await this.#aliases(ctx), project: alias });
        const policy = (await this.#policies(ctx, project)).find((one) => one.id === policyId);
        if (policy === undefined) throw new NotFound('policy', policyId);
        await view.update(await this.#about.next(ctx, { project, policy }));
      },
    };
  }

  #draw(parts: ChoosePolicyParts): ModalView {
    const { id, command, title } = this.#about;
    return choosePolicyView(parts, { callbackId: `${id}:choose`, projectAction: `${id}:project`, title, command });
  }

  #reading(alias: string): ModalView {
    return loadingView(`Reading the policies of ${oneLine(alias)}…`, this.#about.title);
  }

  async #show(
    ctx: Context,
    view: OpenView,
    of: { readonly aliases: readonly string[]; readonly project: string },
  ): Promise<void> {
    const policies = await this.#policies(ctx, ctx.core.projects.get(of.project));
    await view.update(this.#draw({ ...of, policies }));
  }

  async #aliases(ctx: Context): Promise<readonly string[]> {
    return (await ctx.core.access.projects(this.#about.action, ctx.user)).map((project) => project.alias);
  }

  async #policies(ctx: Context, project: ManagedProject): Promise<readonly Policy[]> {
    await ctx.core.access.assert(this.#about.action, project, ctx.user);
    return ctx.core.clouds.of(project.alias).policies();
  }
}
