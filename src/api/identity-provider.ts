import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
  type Configuration,
} from 'openid-client';
import type { FastifyBaseLogger } from 'fastify';
import { Problem } from './problem.ts';

/** What is agreed with the bureau's identity provider. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** What the way back is checked by: known to the browser that set out, and to nobody else. */
export interface Checks {
  state: string;
  nonce: string;
  verifier: string;
}

export interface IdentityProvider {
  /** Where to send the browser, and what to keep until it is back. Throws 503 `IDENTITY_PROVIDER_UNAVAILABLE`. */
  begin(redirectUri: string): Promise<{ url: URL; checks: Checks }>;
  /**
   * As whom (`sub`) the provider vouches for who came back to `url`. Throws 401 `IDENTITY_PROVIDER_REFUSED` or
   * `SIGN_IN_OUTDATED`, 503 `IDENTITY_PROVIDER_UNAVAILABLE`.
   */
  subjectOf(url: URL, checks: Checks): Promise<string>;
}

const PATIENCE_SECONDS = 5;

/**
 * An OpenID provider, by authorization code with PKCE. What it says of itself is asked when the first person wants to sign in,
 * and again until it has answered once: one that is down keeps nothing else waiting.
 */
export function createIdentityProvider(
  { issuer, clientId, clientSecret }: OidcSettings,
  log: FastifyBaseLogger,
): IdentityProvider {
  let found: Promise<Configuration> | null = null;
  const insecure = issuer.startsWith('http:') ? [allowInsecureRequests] : []; // on this machine alone, as config.ts sees to

  const configuration = (): Promise<Configuration> => {
    found ??= discovery(new URL(issuer), clientId, clientSecret, undefined, {
      execute: [enableNonRepudiationChecks, ...insecure],
      timeout: PATIENCE_SECONDS,
    });
    return found.catch((error: unknown) => {
      found = null;
      throw unavailable(log, error);
    });
  };

  return {
    async begin(redirectUri) {
      const checks = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid',
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
      });
      return { url, checks };
    },
    async subjectOf(url, { state, nonce, verifier }) {
      const config = await configuration();
      const tokens = await authorizationCodeGrant(config, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      }).catch((error: unknown) => {
        throw refusalOf(log, error);
      });
      return tokens.claims()!.sub;
    },
  };
}

/** What went wrong on the way back. Only codes are logged: a message may quote what was sent. */
function refusalOf(log: FastifyBaseLogger, error: unknown): Problem {
  if (error instanceof AuthorizationResponseError) return refused(error.error);
  const isOurs = error instanceof ResponseBodyError && error.error !== 'invalid_grant';
  const isAway =
    codeOf(error) === 'OAUTH_TIMEOUT' || (error instanceof TypeError && codeOf(error) === undefined);
  if (isOurs || isAway) return unavailable(log, error);
  log.warn({ code: codeOf(error) }, 'a sign-in came back that does not fit the one that set out');
  return outdated();
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof ResponseBodyError) return error.error;
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

function unavailable(log: FastifyBaseLogger, error: unknown): Problem {
  log.error({ code: codeOf(error) ?? (error as Error).name }, 'the identity provider cannot be used');
  return new Problem({
    status: 503,
    code: 'IDENTITY_PROVIDER_UNAVAILABLE',
    title: '统一身份认证暂时不可用，请用账号密码登录',
    detail: 'Sign in with name and password (POST /api/session), or try again.',
    retryAfter: 30,
  });
}

const refused = (error: string): Problem =>
  new Problem({
    status: 401,
    code: 'IDENTITY_PROVIDER_REFUSED',
    title: '统一身份认证未通过',
    detail: 'Nobody was signed in. Try again, or sign in with name and password.',
    more: { error },
  });

/** Too late, opened twice, or not begun in this browser. */
export const outdated = (): Problem =>
  new Problem({
    status: 401,
    code: 'SIGN_IN_OUTDATED',
    title: '本次登录已失效，请重新登录',
    detail: 'Begin again (GET /api/session/oidc), in one window, within ten minutes.',
  });
