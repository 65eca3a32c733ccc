import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import Fastify from 'fastify';
import { parse } from 'yaml';
import { timeRequests } from './http-metrics.ts';
import { createMetrics } from './metrics.ts';
import { addQueueMetrics } from './queue-metrics.ts';
import { timeRecord } from './record-metrics.ts';
import { addRegisterMetrics } from './register-metrics.ts';
import { SDK_FAILURES, SDK_METRICS } from './sdk-names.ts';
import { countSends } from './send-metrics.ts';

const RULES = 'deploy/prometheus/alerts.yml';

interface Rule {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: string };
  annotations: { summary: string; action: string; action_en: string; runbook: string };
}

const { groups } = parse(readFileSync(RULES, 'utf8')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(readFileSync('deploy/grafana/fenghuo.json', 'utf8')) as {
  panels: { title: string; targets?: { expr: string }[] }[];
};
const shown = panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => ({ alert: title, expr })),
);

/** Label names by metric, histograms under each of their series. */
const exported = new Map<string, Set<string>>();
/** What Prometheus itself adds. */
const OWN_LABELS = new Set(['job', 'instance']);
beforeAll(async () => {
  const metrics = createMetrics();
  // What they are to read from is asked at a scrape, and none is made here.
  addRegisterMetrics(metrics, undefined as never);
  addQueueMetrics(metrics, undefined as never, undefined as never);
  countSends(metrics, { channels: {} });
  timeRecord(metrics, undefined as never, {} as never);
  timeRequests(Fastify(), metrics);
  for (const { name, type, ...metric } of metrics.registry.getMetricsAsArray()) {
    const labels = new Set((metric as unknown as { labelNames: string[] }).labelNames);
    const series = String(type) === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
    for (const end of series)
      exported.set(name + end, end === '_bucket' ? new Set([...labels, 'le']) : labels);
  }
  for (const [name, labels] of Object.entries(SDK_METRICS))
    for (const end of ['_bucket', '_sum', '_count']) exported.set(name + end, new Set([...labels, 'le']));
  for (const [name, labels] of Object.entries(SDK_FAILURES)) exported.set(name, new Set(labels));
  exported.set('up', new Set());
});

interface Selected {
  metric: string;
  labels: string[];
}

/** The series an expression reads, the labels it picks them by, and those it groups by; throws where it is no PromQL. */
function readBy(expr: string): { selected: Selected[]; grouped: string[] } {
  const found: Selected[] = [];
  const grouped: string[] = [];
  parser.parse(expr).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`no PromQL at ${node.from}: ${expr}`);
      const text = expr.slice(node.from, node.to);
      if (node.name === 'VectorSelector') found.push({ metric: '', labels: [] });
      if (node.name === 'Identifier') found.at(-1)!.metric = text;
      if (node.name !== 'LabelName') return;
      if (node.matchContext(['LabelMatchers', 'UnquotedLabelMatcher'])) found.at(-1)!.labels.push(text);
      else if (node.matchContext(['GroupingLabels'])) grouped.push(text);
    },
  });
  return { selected: found, grouped };
}

test('the reading of expressions finds names and labels, and what is none', () => {
  expect(readBy('sum by (le) (rate(a_bucket{drill="false"}[5m])) > max(b)')).toEqual({
    selected: [
      { metric: 'a_bucket', labels: ['drill'] },
      { metric: 'b', labels: [] },
    ],
    grouped: ['le'],
  });
  expect(() => readBy('max(a')).toThrow('no PromQL');
});

test.each([...rules, ...shown])('$alert reads what is exported: $expr', ({ expr }) => {
  const { selected, grouped } = readBy(expr);
  expect(selected.length).toBeGreaterThan(0);
  const has = (metric: string, label: string) =>
    OWN_LABELS.has(label) || exported.get(metric)?.has(label) === true;
  for (const { metric, labels } of selected) {
    expect([metric, exported.has(metric)]).toEqual([metric, true]);
    for (const label of [...labels, ...grouped])
      expect([metric, label, has(metric, label)]).toEqual([metric, label, true]);
  }
});

test.each(rules)('$alert says how bad it is, what to do in both languages, and where to read on', (rule) => {
  expect(rule.for).toMatch(/^\d+[mhd]$/);
  expect(['critical', 'warning', 'info']).toContain(rule.labels.severity);
  const { summary, action, action_en, runbook } = rule.annotations;
  expect(summary).toMatch(/[一-鿿]/);
  expect(action).toMatch(/[一-鿿]/);
  expect(action_en).toMatch(/^[A-Z][^一-鿿]*(系统管理[^一-鿿]*)?$/);
  const [file, anchor] = runbook.split('#');
  const anchors = readFileSync(file!, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('## '))
    .map((line) =>
      line
        .slice(3)
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
  expect(anchors).toContain(anchor);
});

const promtool = process.env.PROMTOOL ?? 'promtool';
const version = ((): string | null => {
  try {
    return execFileSync(promtool, ['--version'], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
  } catch {
    return null;
  }
})();

// Debian's `prometheus` package brings promtool; where it is not there, the reading above is all the proof.
(version === null ? test.skip : test)(
  `promtool takes the rules${version === null ? ' (no promtool on PATH, and PROMTOOL names none)' : ''}`,
  () => {
    expect(execFileSync(promtool, ['check', 'rules', RULES]).toString()).toContain('SUCCESS');
  },
);
