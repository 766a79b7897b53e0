/** What the demo's server and its page tell each other beside `/_sandbox`, under `/_demo`. */

/** A command that the composer completes. */
export interface KnownCommand {
  /** As one types it: `/vbs share`. */
  readonly command: string;
  /** Its arguments: `[project] [backup]`. */
  readonly usage: string;
  readonly summary: string;
}

/** An entry of the menu beside the composer, or of the menu of each message. */
export interface KnownShortcut {
  readonly callbackId: string;
  readonly name: string;
  readonly summary: string;
  readonly isOnMessages: boolean;
}

export interface KnownGroup {
  readonly id: string;
  readonly handle: string;
  readonly users: readonly string[];
}

/** `GET /_demo/about`: what stays as it is until the demo is started again. */
export interface About {
  readonly workspace: string;
  /** The name of the app in the workspace. */
  readonly app: string;
  readonly commands: readonly KnownCommand[];
  readonly shortcuts: readonly KnownShortcut[];
  readonly groups: readonly KnownGroup[];
  /** Whether this start went on with what the last one had. */
  readonly kept: boolean;
}

export interface CloudDisk {
  readonly id: string;
  readonly name: string;
  readonly sizeGib: number;
}

export interface CloudBackup {
  readonly id: string;
  readonly name: string;
  readonly disk: string;
  readonly status: string;
  readonly createdAt: number;
}

export interface CloudSharing {
  readonly id: string;
  readonly backup: string;
  readonly to: string;
  readonly createdAt: number;
}

export interface CloudPolicy {
  readonly id: string;
  readonly name: string;
  readonly isOn: boolean;
  readonly disks: readonly string[];
  /** When its schedule strikes next, in milliseconds since 1970. */
  readonly next: number | null;
  /** Whether a run of it goes on. */
  readonly isRunning: boolean;
}

/** The backup of a disk that waits or is being made. */
export interface CloudJob {
  readonly id: string;
  readonly policy: string;
  readonly disk: string;
  readonly isWaiting: boolean;
  /** From 0 to 1. */
  readonly progress: number;
}

export interface CloudProject {
  readonly id: string;
  readonly name: string;
  /** The status with which every call is refused while the project is down. */
  readonly down: number | null;
  readonly disks: readonly CloudDisk[];
  readonly policies: readonly CloudPolicy[];
  readonly jobs: readonly CloudJob[];
  readonly backups: { readonly total: number; readonly latest: readonly CloudBackup[] };
  readonly sharings: readonly CloudSharing[];
}

/** `GET /_demo/cloud`. */
export interface CloudView {
  readonly now: number;
  readonly projects: readonly CloudProject[];
}

/** A call of the bot on the cloud, for `GET /_demo/calls?after=N`. */
export interface CloudCall {
  readonly number: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly route: string;
  readonly status: number | null;
  readonly ms: number;
  readonly fault?: string;
}
