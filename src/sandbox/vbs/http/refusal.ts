/** The four shapes in which these services write an error. */
export const ERROR_SHAPES = ['vbs', 'fault', 'gateway', 'keystone'] as const;
export type ErrorShape = (typeof ERROR_SHAPES)[number];

interface RefusalFacts {
  readonly message: string;
  readonly headers?: Record<string, string>;
  readonly shape?: ErrorShape;
}

/** A refusal that the caller gets as an answer. `code` is the service's own, where it has one. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  /** Where another than the service itself refuses, its shape. */
  readonly shape: ErrorShape | undefined;

  constructor(status: number, code: string, about: string | RefusalFacts) {
    const { message, headers = {}, shape }: RefusalFacts = typeof about === 'string' ? { message: about } : about;
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.shape = shape;
  }
}

const FAULT_NAMES: Record<number, string> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
};

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** The body of a refusal in one of the shapes. OpenStack's own carry the status in place of a code. */
export function errorBody(shape: ErrorShape, refusal: Refusal, requestId: string): unknown {
  const { status, code, message } = refusal;
  switch (shape) {
    case 'vbs':
      return { error: { code, message } };
    case 'fault':
      return { [FAULT_NAMES[status] ?? 'computeFault']: { code: status, message } };
    case 'gateway':
      return { error_code: code, error_msg: message, request_id: requestId };
    case 'keystone':
      return { error: { code: status, message, title: TITLES[status] ?? 'Error' } };
  }
}
