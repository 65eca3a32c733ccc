import { useReportForm } from '../report/form.ts';
import { stagesOf, type Detail } from '../incident/incident.ts';
import { useNames } from '../incident/names.ts';
import { INCIDENT } from '../incident/words.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { useBoard } from '../board/board.ts';
import { elsewhereForm, verifiedForm } from '../accountability/forms.ts';
import type { Act } from './acts.ts';
import { choicesOf, filledIn, inChina, nowInChina, type Field, type Form } from './form.ts';
import { ACTS } from './words.ts';

const TEXT_MAX = 4_000;
const FACTS = ['situation', 'place', 'occurredAt', 'discoveredAt', 'measuresTaken', 'source'] as const;
const SENTENCES = ['publicSurveillance', 'suspendedSentence', 'parole', 'servingOutsidePrison', 'unknown'];
const ELEMENTS = ['kind', 'time', 'place', 'persons', 'development', 'measures'] as const;

/**
 * What an act asks for. Most ask for words alone, as the plan names them; the others have a form of their own, of which some
 * choose from what the incident has. `acts`: the others that may be done now.
 */
export function useForm(act: Act, detail: Detail | null, acts: Act[]): Form {
  const words = useWords(ACTS);
  const incident = useWords(INCIDENT);
  const { language } = useSpeech();
  const names = useNames();
  const { data: form } = useReportForm();
  const others = useOthers(act.act === 'merge' ? detail : null);

  if (act.asks) {
    const { field, label } = act.asks;
    return {
      fields: [{ name: field, label, kind: 'words', required: true, max: TEXT_MAX }],
      body: (values) => values,
    };
  }
  switch (act.act) {
    case 'calls':
      return callForm();
    case 'receipts':
      return receiptForm();
    case 'facts':
      return factsForm();
    case 'subjects':
      return subjectForm();
    case 'subjectStates':
      return stateForm();
    case 'reports':
      return reportForm();
    case 'subCase':
      return subCaseForm();
    case 'merge':
      return mergeForm();
    case 'correctiveAction':
    case 'commendation':
    case 'sanction':
    case 'transfer':
      return correctiveForm();
    case 'knownElsewhere':
      return elsewhereForm(words.elsewhere);
    case 'verifiedFact':
      return verifiedForm(words.verified, incident, detail);
    default:
      return { fields: [], body: () => ({}) };
  }

  function callForm(): Form {
    const told = detail ? stagesOf(detail).flatMap((stage) => stage.told) : [];
    const people = told.flatMap(({ person, partyName }) =>
      person ? [[`person:${person}`, `${names.person(person)}（${partyName}）`] as const] : [],
    );
    const parties = told.map(({ party, partyName }) => [`party:${party}`, partyName] as const);
    const to = [...new Map([...people, ...parties])].map(([value, label]) => ({ value, label }));
    const { call } = words;
    return {
      fields: [
        { name: 'to', label: call.to, kind: 'choice', choices: to, required: true },
        { name: 'number', label: call.number, kind: 'tel', required: true, max: 64 },
        { name: 'at', label: call.at, kind: 'time', required: true, first: nowInChina() },
        {
          name: 'answered',
          label: call.answered,
          kind: 'choice',
          choices: choicesOf({ yes: call.yes, no: call.no }),
          required: true,
        },
        { name: 'said', label: call.said, kind: 'words', max: TEXT_MAX },
      ],
      body({ to = '', number, at = '', answered, said }) {
        const [kind = '', id] = to.split(':');
        return {
          to: { [kind]: id },
          number,
          at: inChina(at),
          answered: answered === 'yes',
          said: said || null,
        };
      },
    };
  }

  function receiptForm(): Form {
    const open = detail ? stagesOf(detail).filter(({ resolvedAt }) => resolvedAt === null) : [];
    const lines = open.flatMap(({ id, stageName, told }) =>
      [...new Map(told.map((one) => [one.party, one]))].flatMap(([party, { partyName }]) =>
        told.some((one) => one.party === party && one.acknowledgedAt)
          ? []
          : [{ value: `${id} ${party}`, label: `${partyName} · ${stageName}` }],
      ),
    );
    const { receipt } = words;
    return {
      fields: [
        { name: 'message', label: receipt.message, kind: 'choice', choices: lines, required: true },
        {
          name: 'channel',
          label: receipt.channel,
          kind: 'choice',
          choices: choicesOf(incident.via),
          required: true,
        },
        { name: 'toldAt', label: receipt.toldAt, kind: 'time', required: true, first: nowInChina() },
        { name: 'name', label: receipt.name, kind: 'line', max: 200 },
        { name: 'number', label: receipt.number, kind: 'tel', max: 64 },
        { name: 'note', label: receipt.note, kind: 'words', max: 500 },
      ],
      body({ message = '', channel, toldAt = '', name, number, note }) {
        const [stage, party] = message.split(' ');
        const caller = { name: name || null, number: number || null };
        return { stage, party, channel, toldAt: inChina(toldAt), caller, note: note || null };
      },
    };
  }

  function factsForm(): Form {
    const { facts, values } = incident;
    const yesNo = choicesOf(values, ['yes', 'no', 'unknown']);
    const kind = (name: (typeof FACTS)[number]): Field['kind'] =>
      name.endsWith('At') ? 'time' : name === 'situation' || name === 'measuresTaken' ? 'words' : 'line';
    return {
      fields: [
        ...FACTS.map((name) => ({ name, label: facts[name], kind: kind(name), max: 2_000 })),
        {
          name: 'correctionType',
          label: facts.correctionType,
          kind: 'choice',
          choices: choicesOf(values, SENTENCES),
        },
        { name: 'decidingAuthority', label: facts.decidingAuthority, kind: 'line', max: 200 },
        { name: 'minor', label: facts.minor, kind: 'choice', choices: yesNo },
        { name: 'enrolled', label: facts.enrolled, kind: 'choice', choices: yesNo },
      ],
      body(typed) {
        const told = filledIn(typed);
        for (const name of ['occurredAt', 'discoveredAt'] as const)
          if (told[name]) told[name] = inChina(told[name]);
        return { facts: told };
      },
    };
  }

  function subjectForm(): Form {
    const { subject } = words;
    return {
      fields: [
        { name: 'name', label: subject.name, kind: 'line', max: 200, required: true },
        { name: 'file', label: subject.file, kind: 'line', max: 200 },
        { name: 'phone', label: subject.phone, kind: 'tel', max: 64 },
      ],
      body: (values) => ({ subjects: [filledIn(values)] }),
    };
  }

  function stateForm(): Form {
    const { subject } = words;
    const all = (detail?.subjects ?? []).map(({ subject: nr, name }) => ({
      value: String(nr),
      label: name ? `${nr} ${name}` : incident.subject(nr),
    }));
    return {
      fields: [
        { name: 'subject', label: subject.which, kind: 'choice', choices: all, required: true },
        { name: 'safety', label: subject.safety, kind: 'choice', choices: choicesOf(incident.safety) },
        {
          name: 'outcome',
          label: subject.outcome,
          kind: 'choice',
          choices: choicesOf(incident.subjectOutcome),
        },
        { name: 'note', label: subject.note, kind: 'words', max: 2_000 },
      ],
      body: (values) => ({ changes: [{ ...filledIn(values), subject: Number(values['subject']) }] }),
    };
  }

  function reportForm(): Form {
    const { firstReport: _, ...kinds } = incident.reportKinds;
    return {
      fields: [
        {
          name: 'report',
          label: words.report.kind,
          kind: 'choice',
          choices: choicesOf(kinds),
          required: true,
        },
        ...ELEMENTS.map((name): Field => ({
          name,
          label: incident.elements[name]!,
          kind: 'words',
          max: TEXT_MAX,
        })),
        { name: 'text', label: words.report.text, kind: 'words', max: 20_000 },
      ],
      body: (values) => ({
        kind: values['report'],
        elements: filledIn(values, ELEMENTS),
        text: values['text'] || null,
      }),
    };
  }

  function subCaseForm(): Form {
    const { subCase } = words;
    const own = acts.flatMap(({ act: name, body, title }) =>
      name === 'branch' ? [[String(body['branch']), title[language]] as const] : [],
    );
    const known = (form?.kinds ?? []).flatMap(({ branch, branchName }) =>
      branch && branchName ? [[branch, branchName] as const] : [],
    );
    const branches = [...new Map([...own, ...known])].map(([value, label]) => ({ value, label }));
    const subjects = (detail?.subjects ?? []).map(({ subject: nr, name }) => ({
      value: String(nr),
      label: name ?? incident.subject(nr),
    }));
    return {
      fields: [
        { name: 'branch', label: subCase.branch, kind: 'choice', choices: branches, required: true },
        { name: 'subjects', label: subCase.subjects, kind: 'several', choices: subjects },
        { name: 'situation', label: subCase.situation, kind: 'words', max: 20_000, required: true },
        { name: 'place', label: subCase.place, kind: 'line', max: 2_000 },
        { name: 'reason', label: subCase.reason, kind: 'words', max: TEXT_MAX, required: true },
      ],
      body: ({ subjects: about = '', ...values }) => ({
        ...filledIn(values),
        subjects: about.split(',').filter(Boolean).map(Number),
      }),
    };
  }

  function mergeForm(): Form {
    return {
      fields: [
        { name: 'into', label: words.merge.into, kind: 'choice', choices: others, required: true },
        { name: 'reason', label: words.merge.reason, kind: 'words', max: TEXT_MAX, required: true },
      ],
      body: (values) => values,
    };
  }

  function correctiveForm(): Form {
    const { corrective } = words;
    return {
      fields: [
        { name: 'owner', label: corrective.owner, kind: 'choice', choices: names.parties(), required: true },
        { name: 'dueAt', label: corrective.dueAt, kind: 'time', required: true },
        { name: 'action', label: corrective.action, kind: 'words', max: TEXT_MAX, required: true },
      ],
      body: ({ dueAt = '', ...values }) => ({ ...values, dueAt: inChina(dueAt) }),
    };
  }
}

/** Other open incidents that this one may be the same event as. */
function useOthers(detail: Detail | null) {
  const filter = {
    office: detail?.office ?? null,
    branch: null,
    overdue: false,
    drill: detail?.drill ?? false,
    q: '',
  };
  const board = useBoard(filter, 200, detail !== null);
  return (board.data?.pages ?? [])
    .flatMap(({ rows }) => rows)
    .filter(({ id }) => id !== detail?.id)
    .map(({ id, number, branchName, eventTypeName }) => ({
      value: id,
      label: [number, branchName, eventTypeName].filter(Boolean).join(' · '),
    }));
}
