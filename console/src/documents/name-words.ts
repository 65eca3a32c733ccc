import { twins, type Language } from '../words/words.tsx';
import type { Template } from './documents.ts';

/** What the names in templates are called where somebody is told that one is 正在核实 or known otherwise now. */
const NAMES = twins<Record<string, string>>(
  {
    'incident.number': '事件编号',
    'incident.type': '事件类别',
    'incident.branch': '处置程序',
    'incident.clause': '条款',
    'office.name': '司法所名称',
    'office.phone': '司法所电话',
    situation: '情况说明',
    place: '地点',
    measuresTaken: '已采取的措施',
    source: '信息来源',
    occurredAt: '发生时间',
    discoveredAt: '发现时间',
    receivedAt: '接报时间',
    correctionType: '矫正类别',
    decidingAuthority: '决定机关',
    enrolled: '是否在册',
    subjects: '涉及人员',
    'subjects.short': '涉及人员',
    'subjects.count': '涉及人数',
    'element.kind': '种类',
    'element.time': '时间',
    'element.place': '地点',
    'element.persons': '涉及人员',
    'element.development': '事态发展',
    'element.measures': '已采取的措施',
    'report.name': '报告次序',
    'report.text': '报告内容',
    responseEndedAt: '处置结束时间',
    outcome: '结果',
    evidence: '证据',
    at: '时间',
    party: '单位',
    phone: '电话',
  },
  {
    'incident.number': "the incident's number",
    'incident.type': 'kind of incident',
    'incident.branch': 'procedure',
    'incident.clause': 'clause',
    'office.name': "the office's name",
    'office.phone': "the office's number",
    situation: 'situation',
    place: 'place',
    measuresTaken: 'measures taken',
    source: 'source of information',
    occurredAt: 'when it occurred',
    discoveredAt: 'when it was discovered',
    receivedAt: 'when it was received',
    correctionType: 'kind of sentence',
    decidingAuthority: 'deciding authority',
    enrolled: 'enrolled or not',
    subjects: 'persons concerned',
    'subjects.short': 'persons concerned',
    'subjects.count': 'how many persons',
    'element.kind': 'kind',
    'element.time': 'time',
    'element.place': 'place',
    'element.persons': 'persons concerned',
    'element.development': 'development',
    'element.measures': 'measures taken',
    'report.name': 'which report',
    'report.text': "the report's text",
    responseEndedAt: 'when the response ended',
    outcome: 'outcome',
    evidence: 'evidence',
    at: 'time',
    party: 'body',
    phone: 'number',
  },
);

/** A name of a template in words: its own fields by their labels, a stage by what is asked of it. */
export function nameInWords(name: string, template: Template | undefined, language: Language): string {
  const words = NAMES[language];
  const [family, ...rest] = name.split('.');
  if (family === 'field') return template?.fields[rest.join('.')]?.label ?? name;
  if (family === 'stage') {
    const what = words[rest[1] ?? ''] ?? rest[1] ?? '';
    const search = language === 'zh' ? '查找' : 'search';
    return rest[0] === 'search' || rest[0] === 'jointSearch' ? `${search} · ${what}` : what;
  }
  return words[name] ?? words[family ?? ''] ?? name;
}

/** Several, each once. */
export const namesInWords = (
  names: readonly string[],
  template: Template | undefined,
  language: Language,
): string =>
  [...new Set(names.map((name) => nameInWords(name, template, language)))].join(
    language === 'zh' ? '、' : ', ',
  );
