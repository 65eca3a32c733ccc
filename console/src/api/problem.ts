/** What the API refused (problem+json, RFC 9457), or why it could not be asked. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  /** Stable; `OFFLINE` when no answer came at all. */
  readonly code: string;
  readonly title: string;
  readonly detail: string | null;
  readonly more: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    const { code, title, detail, ...more } = body;
    super(String(title ?? code ?? status));
    this.status = status;
    this.code = String(code ?? 'UNKNOWN');
    this.title = String(title ?? '');
    this.detail = typeof detail === 'string' ? detail : null;
    this.more = more;
  }
}

export const offline = (): Problem => new Problem(0, { code: 'OFFLINE', title: '网络不通' });

export const isProblem = (error: unknown, code?: string): error is Problem =>
  error instanceof Problem && (code === undefined || error.code === code);

/** Whether asking again may help: nothing was decided yet. */
export const mayPass = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);
