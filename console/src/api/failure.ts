/** What a server refused, or that it could not be asked. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly requestId: string,
    readonly status: number,
  ) {
    super(message);
  }

  /** Whether the temporary keys are over. */
  get isOver(): boolean {
    return this.code === 'ExpiredToken' || this.code === 'InvalidAccessKeyId';
  }
}

interface SdkError {
  code?: unknown;
  message?: unknown;
  statusCode?: unknown;
  RequestId?: unknown;
  headers?: Record<string, string>;
  error?: { Code?: unknown; Message?: unknown; RequestId?: unknown } | string;
}

function text(...values: unknown[]): string {
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? '';
}

/** Whatever was thrown, as one of these. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (typeof thrown !== 'object' || thrown === null) return new Failure('Unknown', String(thrown), '', 0);
  const found = thrown as SdkError;
  const document = typeof found.error === 'object' ? found.error : {};
  const status = typeof found.statusCode === 'number' ? found.statusCode : 0;
  const code = text(document.Code, found.code, status ? String(status) : 'NetworkError');
  const isNetwork = status === 0 && /network|cors|fetch/i.test(`${code} ${text(found.message)}`);
  return new Failure(
    isNetwork ? 'NetworkError' : code,
    text(document.Message, found.message, code),
    text(document.RequestId, found.RequestId, found.headers?.['x-cos-request-id']),
    status,
  );
}
