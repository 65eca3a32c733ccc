import type { Provider } from './refusal.ts';

/**
 * What the providers' documented codes mean for a message.
 * - `permanent`: this message will not reach this recipient, however often it is tried
 * - `rate`: too many at once; the same will be taken later
 * - `auth`: our key or signature is not accepted; somebody mends it
 * What is not named here is temporary: an alarm that is tried once too often does no harm.
 */
export type Meaning = 'permanent' | 'rate' | 'auth';

type Meanings = [Meaning, RegExp][];

const MEANINGS: Record<Provider, Meanings> = {
  GATEWAY: [], // its contract puts the meaning into the status
  ALIYUN: [
    ['permanent', /^isv\.(MOBILE_NUMBER_ILLEGAL|INVALID_PHONE_NUMBER|CALLED_NUMBER_ILLEGAL)/],
    ['permanent', /^isv\.(BLACK_KEY_CONTROL_LIMIT|PARAM_LENGTH_LIMIT|PARAM_NOT_SUPPORT_URL)$/],
    ['permanent', /^(MobileNumberIllegal|VALVE:B_MC)/],
    ['rate', /^(isv\.(BUSINESS_LIMIT_CONTROL|DAY_LIMIT_CONTROL|MONTH_LIMIT_CONTROL)|VALVE|Throttling)/],
    ['auth', /^(SignatureDoesNotMatch|SignatureNonceUsed|InvalidTimeStamp|InvalidAccessKeyId|Forbidden)/],
    ['auth', /^isp\.RAM_PERMISSION_DENY$/],
  ],
  TENCENT: [
    [
      'permanent',
      /^InvalidParameterValue\.(IncorrectPhoneNumber|ContentLengthLimit|TemplateParameterLength)/,
    ],
    ['permanent', /^FailedOperation\.(PhoneNumberInBlacklist|ContainSensitiveWord|ForbidAddMarketing)/],
    ['permanent', /^UnsupportedOperation\.(ContainDomesticAndInternational|UnsupportedRegion)/],
    ['rate', /^(LimitExceeded|RequestLimitExceeded)/],
    ['auth', /^(AuthFailure|UnauthorizedOperation)/],
  ],
  WECOM: [
    ['permanent', /^(93000|93004|93008|40058|45002)$/], // no such webhook; robot removed; not in the group; bad or long text
    ['rate', /^(45009|45033)$/],
  ],
  DINGTALK: [
    ['permanent', /^(300001|300005|310000|400013|400101|400102|400105|40035|430102|430103|430104)$/],
    ['rate', /^(130101|410100|90018|90030)$/],
  ],
  FEISHU: [
    ['permanent', /^(19001|19002|19005|19007|19021|19022|19024)$/],
    ['rate', /^(11232|11233|9499)$/],
  ],
};

/** What a provider's own code means; null when nobody says. */
export const meaningOf = (provider: Provider, code: string): Meaning | null =>
  MEANINGS[provider].find(([, pattern]) => pattern.test(code))?.[0] ?? null;
