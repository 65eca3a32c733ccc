/** What was answered. `body` is the parsed JSON, or the text where it is none. */
export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A problem+json answer (RFC 9457), as far as programs go by it. */
export interface ProblemBody {
  status: number;
  code: string;
  [more: string]: unknown;
}

export interface Http {
  get<Body = ProblemBody>(path: string, headers?: Record<string, string>): Promise<Answer<Body>>;
  /** `body` as JSON; a string as it stands. */
  post<Body = ProblemBody>(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
}

/** Speaks to the API at `base` with a bearer key (null: with none). */
export function createHttp(base: string, apiKey: string | null): Http {
  async function ask<Body>(path: string, init: RequestInit): Promise<Answer<Body>> {
    const response = await fetch(new URL(path, base), init);
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    };
  }
  const key: Record<string, string> = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
  return {
    get: (path, headers = {}) => ask(path, { headers: { ...key, ...headers } }),
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        headers: {
          ...key,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
  };
}
