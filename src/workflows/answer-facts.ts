import { setHandler } from '@temporalio/workflow';
import { now } from './clock.ts';
import { findStage, note, openStage, type Incident } from './incident-context.ts';
import * as messages from './messages.ts';
import { mustBeOpen, mustKeepUp, refused } from './refuse.ts';

const given = (values: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => !!entry[1]));

/** What is learnt after the first report: facts, subjects, how they are, and further reports. None of it ends a duty. */
export function answerFacts(incident: Incident): void {
  const validator = (_said: unknown): void => {
    mustBeOpen(incident);
    mustKeepUp(incident);
  };
  setHandler(
    messages.addFacts,
    ({ by, facts }) => {
      note(incident, { kind: 'factsAdded', data: { by, names: Object.keys(facts) }, personal: facts });
      return { at: now() };
    },
    { validator },
  );
  setHandler(
    messages.recordReport,
    ({ by, kind, elements, text, source, ...more }) => {
      // The first report is the one with which it all began: writing it down makes no further one.
      const report = kind === 'firstReport' ? 0 : (incident.state.counts.reports += 1);
      const unchanged = more.unchanged ?? [];
      const verifying = Object.keys(elements).filter(
        (name) => elements[name] === null && !unchanged.includes(name),
      );
      const personal = given({
        ...Object.fromEntries(Object.entries(elements).map(([name, value]) => [`element.${name}`, value])),
        text,
        source: source ?? null,
      });
      note(incident, { kind: 'reportRecorded', data: { report, kind, verifying, by, ...more }, personal });
      return { report, at: now() };
    },
    { validator },
  );
  answerSubjects(incident);
}

function answerSubjects(incident: Incident): void {
  const { subjects } = incident.state;
  setHandler(
    messages.addSubjects,
    ({ by, subjects: added }) => {
      const numbers = added.map((subject) => {
        const nr = Object.keys(subjects).length + 1;
        subjects[nr] = { safety: 'unknown', outcome: null };
        const personal = given(
          Object.fromEntries(
            Object.entries(subject).map(([name, value]) => [`subject.${nr}.${name}`, value]),
          ),
        );
        note(incident, { kind: 'subjectAdded', data: { subject: nr, by }, personal });
        return nr;
      });
      // Somebody new is not accounted for yet.
      if (findStage(incident, 'roster')?.ended?.outcome === 'accounted') openStage(incident, 'roster');
      return { subjects: numbers };
    },
    {
      validator: (_said) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
      },
    },
  );
  setHandler(
    messages.changeSubjects,
    ({ by, changes }: messages.SubjectChanges) => {
      for (const { subject, safety, outcome, note: words } of changes) {
        const known = subjects[subject]!;
        subjects[subject] = { safety: safety ?? known.safety, outcome: outcome ?? known.outcome };
        note(incident, {
          kind: 'subjectChanged',
          data: { subject, safety, outcome, by },
          ...(words ? { personal: { note: words } } : {}),
        });
      }
      return { at: now() };
    },
    {
      validator: ({ changes }: messages.SubjectChanges) => {
        mustBeOpen(incident);
        mustKeepUp(incident);
        const unknown = changes.map(({ subject }) => subject).filter((nr) => !Object.hasOwn(subjects, nr));
        if (unknown.length) throw refused('UnknownSubject', unknown);
      },
    },
  );
}
