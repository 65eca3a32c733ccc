import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { reportFormSchema } from '../../../src/api/schemas-report-form.ts';
import { ask } from '../api/client.ts';

export type ReportForm = z.infer<typeof reportFormSchema>;
export type Kind = ReportForm['kinds'][number];

const KEPT = 'fenghuo.report.form';

const kept = (): ReportForm | undefined => {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
};

/**
 * What can be reported and by which office. The last one stays on the device, which holds no personal data: an alarm can be
 * written without a line and without a session.
 */
export const useReportForm = () =>
  useQuery({
    queryKey: ['report-form'],
    async queryFn() {
      const form = await ask<ReportForm>('/api/report-form');
      localStorage.setItem(KEPT, JSON.stringify(form));
      return form;
    },
    placeholderData: kept,
    retry: false,
  });
