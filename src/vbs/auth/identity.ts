import type { VbsApiError } from '../errors.ts';
import type { CallOptions } from '../options.ts';
import type { SignableRequest } from './signature.ts';

/** Headers that prove who asks. */
export type Proof = Readonly<Record<string, string>>;

/** In whose name calls are made, and how that is proven. */
export interface Identity {
  /** Asked for each try of each request. */
  prove(request: SignableRequest, options: CallOptions): Promise<Proof>;
  /** Told of a 401 and of the proof that was refused; answers whether the next proof may be taken. */
  mend(error: VbsApiError, refused: Proof): boolean;
  /** What a person can do when the cloud takes no proof. */
  readonly remedy: string;
}
