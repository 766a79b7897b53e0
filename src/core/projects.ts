import { NotFound } from './errors.ts';
import type { People } from './people.ts';

/** A project that the bot knows by name. Without credentials it can only receive a backup. */
export interface KnownProject {
  readonly alias: string;
  /** 32 hex characters, the cloud's id. */
  readonly id: string;
}

/** A project in which the bot acts: it holds credentials, and rules on who may do what. */
export interface ManagedProject extends KnownProject {
  readonly region: string;
  readonly approvalsChannel: string;
  readonly alertsChannel: string;
  readonly approvers: People;
  readonly requesters: 'everyone' | People;
  readonly operators: People;
  readonly admins: People;
  /** Approvals that a request needs, at least 1. */
  readonly approvals: number;
  readonly requestOpenForMs: number;
  readonly allowUnknownTargets: boolean;
  /** Whether backups are made by the native calls, which need a snapshot of the disk and know no tags. */
  readonly nativeBackups?: boolean;
  /** Names of disks by disk id: the API knows none. */
  readonly disks: ReadonlyMap<string, string>;
}

/** The projects of the settings, looked up by alias or cloud id. */
export class Projects {
  readonly managed: readonly ManagedProject[];
  readonly known: readonly KnownProject[];

  constructor(managed: readonly ManagedProject[], targets: readonly KnownProject[]) {
    this.managed = managed;
    this.known = [...managed, ...targets];
  }

  /** The managed project of that alias. Throws NotFound, with the aliases there are. */
  get(alias: string): ManagedProject {
    const found = this.managed.find((project) => project.alias === alias);
    if (!found) {
      throw new NotFound(
        'project',
        alias,
        this.managed.map((project) => project.alias),
      );
    }
    return found;
  }

  /** Whether the settings name a managed project of that alias; rows of the store may outlive one. */
  manages(alias: string): boolean {
    return this.managed.some((project) => project.alias === alias);
  }

  /** The alias of a cloud id, or undefined for a project that the settings do not name. */
  aliasOf(projectId: string): string | undefined {
    return this.known.find((project) => project.id === projectId)?.alias;
  }

  /** A project by alias or by cloud id. */
  find(aliasOrId: string): KnownProject | undefined {
    return this.known.find((project) => project.alias === aliasOrId || project.id === aliasOrId);
  }
}
