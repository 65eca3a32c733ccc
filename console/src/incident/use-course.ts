import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { courseSchema } from '../../../src/api/schemas-course.ts';
import { ask } from '../api/client.ts';
import { useReportForm } from '../report/form.ts';
import { stagesOf, type Detail } from './incident.ts';
import type { Names } from './names.ts';

export type CourseOf = z.infer<typeof courseSchema>;

/** What may come, who is told next if nobody acts, the hash check, and the names. */
export const useCourse = (id: string) =>
  useQuery({
    queryKey: ['incident', id, 'course'],
    queryFn: () => ask<CourseOf>(`/api/incidents/${id}/course`),
    // What comes next moves with time, too, and nobody tells of it.
    refetchInterval: 30_000,
  });

/** The names of what stands in an incident. */
export function useNamesOf(detail: Detail, course: CourseOf | undefined): Names {
  const { data: form } = useReportForm();
  return useMemo(() => {
    const { people = {}, parties = {}, outcomes = {} } = course?.names ?? {};
    const unknown = (id: string): string => (course ? id : '…'); // names come a moment after the rest
    const opened = stagesOf(detail).map(({ id, stageName }) => [id as string, stageName] as const);
    const stages = new Map(opened);
    const branches = new Map([
      ...(form?.kinds ?? []).map(({ branch, branchName }) => [branch, branchName] as const),
      ...detail.branches.map(({ branch, name }) => [branch, name] as const),
    ]);
    return {
      person: (id) => (id ? (people[id] ?? unknown(id)) : '—'),
      party: (key) => (key ? (parties[key] ?? unknown(key)) : '—'),
      outcome: (stage, outcome) => outcomes[`${stage}.${outcome}`] ?? outcomes[outcome] ?? outcome,
      stage: (id) => stages.get(id) ?? id,
      branch: (key) => branches.get(key) ?? key,
      parties: () => Object.entries(parties).map(([value, label]) => ({ value, label })),
    };
  }, [detail, course, form]);
}
