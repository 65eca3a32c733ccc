import type { FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { StoreError } from '../store/errors.ts';
import { drained } from './drained.ts';
import { Problem, sendProblem, type ProblemDetails } from './problem.ts';

/** Fastify's own errors, by code, as problems. */
const OF_FASTIFY: Record<string, ProblemDetails> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'BODY_TOO_LARGE',
    title: '请求内容过大',
    detail: 'At most 1 MiB. Report the situation in short; attachments follow later.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, code: 'MALFORMED_JSON', title: '请求内容不是有效的 JSON' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'MALFORMED_JSON', title: '请求内容为空' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    title: '请以 application/json 提交',
  },
};

const REGISTER_UNAVAILABLE: ProblemDetails = {
  status: 503,
  code: 'REGISTER_UNAVAILABLE',
  title: '台账暂时不可用',
  detail: 'Alarms are taken and told all the same; reading must wait. Try again.',
  retryAfter: 5,
};

/** Nobody is given a right that would stand on no record; what takes one away acts all the same. */
const CHANGE_RECORD_BROKEN: ProblemDetails = {
  status: 503,
  code: 'CHANGE_RECORD_BROKEN',
  title: '变更记录异常，暂不能授予权限或更改设置',
  detail:
    'Nothing was done. Run "fenghuo changes verify" and look into it. Taking rights away works meanwhile.',
};

/** Turns every error into a problem with a stable code. What is not foreseen is logged by its kind and answered as 500. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    if (error instanceof Problem) return sendProblem(reply, error.details);
    if (error instanceof StoreError && error.code.startsWith('DATABASE_')) {
      request.log.error({ error: error.code, sqlState: error.sqlState }, 'register unavailable');
      return sendProblem(reply, REGISTER_UNAVAILABLE);
    }
    if (error instanceof StoreError && error.code === 'CHAIN_BROKEN') {
      request.log.error({ error: error.code }, 'the change record is broken');
      return sendProblem(reply, CHANGE_RECORD_BROKEN);
    }
    if (hasZodFastifySchemaValidationErrors(error)) {
      const problems = error.validation.map(({ instancePath, message }) => ({
        field: `${error.validationContext ?? 'body'}${instancePath.replaceAll('/', '.')}`,
        expected: message,
      }));
      return sendProblem(reply, {
        status: 422,
        code: 'INVALID_REQUEST',
        title: '请求内容有误',
        detail: 'Each field that cannot be used is listed with what is expected; send it again corrected.',
        more: { problems },
      });
    }
    const known =
      OF_FASTIFY[error.code] ??
      (error instanceof SyntaxError ? OF_FASTIFY.FST_ERR_CTP_INVALID_JSON_BODY : undefined);
    if (known === OF_FASTIFY.FST_ERR_CTP_BODY_TOO_LARGE) await drained(request.raw);
    if (known) return sendProblem(reply, known);
    if (error.statusCode && error.statusCode < 500) {
      return sendProblem(reply, { status: error.statusCode, code: 'BAD_REQUEST', title: '请求有误' });
    }
    // The message may quote what was sent: only the kind of error and its place are kept.
    const where = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
    request.log.error({ error: error.name, code: error.code, where: where?.trim() }, 'unexpected error');
    return sendProblem(reply, {
      status: 500,
      code: 'UNEXPECTED',
      title: '系统内部错误',
      detail:
        'Nothing may have been done. Phone in an alarm that cannot wait, and try again: repeating is harmless.',
    });
  });
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: 'NOT_FOUND', title: '没有此页面' }),
  );
}
