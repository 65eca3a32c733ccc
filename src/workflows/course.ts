import { hasStage, isUnanswered, ruleName } from '../incident/escalation.ts';
import { msBetween } from '../incident/instant.ts';
import type { StageState } from '../incident/state.ts';
import { GOES_ON } from '../plan/coded-stages.ts';
import {
  closeStage,
  findStage,
  openStage,
  openStages,
  openSubCases,
  type Incident,
} from './incident-context.ts';

/** What a branch's procedure is written in. Every part of it resumes: a stage that has ended gives its outcome again. */
export interface Course {
  /** Opens the duty of this name (or picks it up where another run left it) and gives its outcome once evidence has ended it. */
  stage(name: string): Promise<string>;
  /** The same where the plan has this stage; null where it does not: a county without a township group leaves its stages out. */
  optional(name: string): Promise<string | null>;
  /** Resolves when a stage is overdue, its whole chain was told, and nobody at all has answered. */
  unanswered(name: string): Promise<void>;
  /** Opens stages because nobody answered, marked so; those that the plan has and that were never opened. */
  openBySilence(...names: string[]): void;
  wasOpened(name: string): boolean;
  /** Ends open stages of these names that have become pointless. */
  lapse(...names: string[]): void;
  /** Ends all stages that have not begun yet: day clocks of a fact that has ended. */
  lapseNotBegun(): void;
  /** Resolves when no instance (`correctiveAction_2`) of any of these stages is open. */
  allEnded(...stages: readonly string[]): Promise<void>;
  /** For a branch that is data alone: its groups of stages. */
  sequence: readonly (readonly string[])[];
  /** Nothing is left to do but close: the office is asked to propose it until two people have. */
  ended(): Promise<never>;
}

const CLOSING = ['proposeClosing', 'approveClosing'];

export function courseOf(incident: Incident): Course {
  const { plan, state } = incident;
  const { now, until } = incident.world;
  // A switch, a closing and a drill's end end stages too: that is no step of this procedure, which stops where it stands.
  const goesOn = (): boolean => incident.moving === null && state.closed === null && !state.drillEnded;
  const isQuiet = (): boolean => Object.values(state.quiet).some((end) => msBetween(now(), end) > 0);
  const open = (name: string): StageState | undefined => {
    const stage = findStage(incident, name);
    return stage && !stage.ended ? stage : undefined;
  };
  const isBegun = ({ startsAt }: StageState): boolean => startsAt === null || msBetween(now(), startsAt) <= 0;
  /** What goes on in the aftermath holds up no end of the response. */
  const isPaperOfTheResponse = ({ stage }: StageState): boolean =>
    plan.branch.workflow !== 'aftermath' && GOES_ON.includes(ruleName(stage));
  /** Nothing is open but the closing itself: neither a duty that has begun, nor a sub-case. */
  const isAllDone = (): boolean =>
    openSubCases(state).length === 0 &&
    openStages(state).every(
      (stage) => CLOSING.includes(stage.stage) || isPaperOfTheResponse(stage) || !isBegun(stage),
    );
  const lapse = (stage: StageState): void => closeStage(incident, stage, 'lapsed', null);
  const course: Course = {
    sequence: plan.branch.sequence,
    async stage(name) {
      const stage = findStage(incident, name) ?? openStage(incident, name);
      await until(() => stage.ended !== null && goesOn());
      return stage.ended!.outcome;
    },
    optional: async (name) => (hasStage(plan, name) ? course.stage(name) : null),
    unanswered: (name) =>
      until(() => {
        const stage = open(name);
        // Whoever says 仍在处置 has answered, for as long as that is good; so has who took over, or proposed to close.
        const isAnswered = isQuiet() || (stage?.holder ?? null) !== null || state.proposal !== null;
        return !!stage && goesOn() && !isAnswered && isUnanswered(plan, stage);
      }),
    openBySilence(...names) {
      for (const name of names) {
        if (hasStage(plan, name) && !findStage(incident, name))
          openStage(incident, name, { automatic: true });
      }
    },
    wasOpened: (name) => findStage(incident, name) !== undefined,
    lapse(...names) {
      for (const stage of names.flatMap((name) => open(name) ?? [])) lapse(stage);
    },
    lapseNotBegun() {
      for (const stage of openStages(state)) {
        if (!isBegun(stage)) lapse(stage);
      }
    },
    allEnded: (...names) =>
      until(
        () =>
          goesOn() &&
          !openStages(state).some(({ stage }) => names.some((name) => stage.startsWith(`${name}_`))),
      ),
    async ended() {
      for (;;) {
        await until(() => state.proposal === null && goesOn() && (!!open('proposeClosing') || isAllDone()));
        if (!open('proposeClosing')) openStage(incident, 'proposeClosing');
        await until(() => state.proposal !== null);
      }
    },
  };
  return course;
}
