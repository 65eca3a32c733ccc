/** What an HTTP provider said. `body` is the parsed JSON object or array; null where it is none. */
export interface HttpAnswer {
  status: number;
  body: unknown;
}

export interface HttpPost {
  url: URL;
  /** JSON as it is sent, byte for byte: signatures are made over it. */
  body?: string;
  headers?: Record<string, string>;
  /** The longest the whole exchange may take, in ms. */
  deadline?: number;
}

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Long enough for a slow provider, shorter than an activity's attempt. */
export const SEND_DEADLINE_MS = 8_000;

/**
 * One POST that settles within its deadline. Any status resolves; redirects are not followed, since a message is meant for
 * one host. Throws an `Error` with Node's or undici's `code` when no whole answer came. Neither address nor headers, which
 * may hold keys, stand in it.
 */
export async function post({
  url,
  body,
  headers,
  deadline = SEND_DEADLINE_MS,
}: HttpPost): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { ...(body === undefined ? {} : { 'content-type': JSON_TYPE }), ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(deadline),
    });
    return { status: response.status, body: parsed(await response.text()) };
  } catch (error) {
    throw Object.assign(new Error('the HTTP request was not answered'), { code: codeOf(error) });
  }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** `fetch` hides what the system said in `cause`; its time-out is a DOMException with a number for a code. */
function codeOf(error: unknown): string {
  const { name, code, cause } = error as { name?: unknown; code?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError' || name === 'AbortError') return 'ETIMEDOUT';
  const named = cause?.code ?? code;
  return typeof named === 'string' ? named : 'ESOCKET';
}
