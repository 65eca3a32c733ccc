import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { reportFormSchema } from '../../../src/api/schemas-report-form.ts';
import { ask } from '../api/client.ts';
import { keep, kept } from '../look/keep.ts';

export type ReportForm = z.infer<typeof reportFormSchema>;
export type Kind = ReportForm['kinds'][number];

const KEPT = 'fenghuo.report.form';

/**
 * What can be reported and by which office. The last one stays on the device, which holds no personal data: an alarm can be
 * written without a line, without a session and while the register is down. `own` is the reader's own office only where the
 * server said so now: a shared device may have had somebody else's.
 */
export function useReportForm() {
  const { data, error } = useQuery({
    queryKey: ['report-form'],
    async queryFn() {
      const form = await ask<ReportForm>('/api/report-form');
      keep(KEPT, { ...form, own: null });
      return form;
    },
    retry: false,
  });
  return { data: data ?? kept<ReportForm>(KEPT) ?? undefined, error };
}
