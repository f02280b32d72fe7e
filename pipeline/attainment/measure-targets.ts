import type {Actuals} from "../actuals/contract.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Project, ProjectTarget} from "../config/project.ts";
import {findSegment, leavesBelow, type Segment} from "../config/roster.ts";
import type {Measured} from "./contract.ts";
import {measureRow} from "./measure-row.ts";

export interface MeasureOptions {
  /** Time of the last ledger entry known; null when nothing was. */
  readonly as_of: string | null;
  /** The last day to count, as asked; null: the last day that every partition of a target's source covers. */
  readonly through: IsoDate | null;
  /** Without `through`: never count beyond this day, the last one of a report's period. */
  readonly until?: IsoDate | null | undefined;
  /** What was known at the end of a day, for baselines fixed then; left out: what is known. */
  readonly knownOn?: ((day: IsoDate) => Actuals) | undefined;
  /** Which targets and segments are wanted; all where it is left out. */
  readonly wants?: ((target: ProjectTarget, segment: Segment) => boolean) | undefined;
}

/**
 * Holds every target against the actuals: one row a target and segment, the binding one first, then the segments of
 * `by_segment` that lie below it and belong to the roster in the period, in the roster's order.
 *
 * `row.through` is the day asked for by `through`, or the last day that any partition covers where that is earlier:
 * what lacks in other partitions is told as a null with its reason, never hidden by going back to a day on which all
 * were complete. With no day asked it is the last day that every partition covers, `until` at the latest: a report
 * counts what is complete and says through when. It may lie after the period; the actual is counted to `counted_to`,
 * the earlier of it and the day that decides.
 */
export function measureTargets(project: Project, actuals: Actuals, options: MeasureOptions): Measured[] {
  const {as_of, through, until = null, knownOn = () => actuals, wants = () => true} = options;
  const context = {project, actuals, knownOn, as_of, through, until};
  return project.targets.flatMap((target) =>
    segmentsOf(project, target)
      .filter((segment) => wants(target, segment))
      .map((segment) => measureRow(context, target, segment))
  );
}

function segmentsOf({roster}: Project, target: ProjectTarget): Segment[] {
  const at = findSegment(roster, target.at);
  if (at === null) throw new Error(`${target.target}: its segment was not checked`);
  const shown = target.by_segment.flatMap((type) =>
    leavesBelow(roster, at, type).filter(
      (segment) => (segment.type !== at.type || segment.code !== at.code) && isValidIn(segment, target.period)
    )
  );
  return [at, ...shown];
}

function isValidIn(
  {valid_from, valid_to}: Segment,
  {from, to}: {readonly from: IsoDate; readonly to: IsoDate}
): boolean {
  return (valid_from === null || valid_from <= to) && (valid_to === null || valid_to >= from);
}
