import type {AttainmentRow} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import {spanWords} from "../calendar/span.ts";
import type {Due, Revision} from "../config/project.ts";
import {formatValue} from "../format/numbers.ts";
import {type Block, type Cell, plain} from "./page-model.ts";
import {askedWords, goalFigure, type SpokenRow} from "./target-words.ts";

/**
 * A goal that was revised beside the one first set: what each asks for and how the row stands by it, in order of time.
 * Between them stand those that were in force for a while; one that holds only from a later day says so.
 *
 * @returns Nothing for a goal that was never revised.
 */
export function revisedGoals(spoken: SpokenRow): Block[] {
  const {row, target} = spoken;
  if (target.revisions.length === 0) return [];
  const inForce = target.revisions.findLast(({from}) => from <= row.through) ?? null;
  const first = {...spoken, goal: target.goal, row: {...row, target_value: row.original_target_value}};
  let {goal, due} = target;
  const revised = target.revisions.map((revision): Cell[] => {
    goal = revision.goal ?? goal;
    due = revision.due ?? due;
    const own = {...spoken, goal};
    const isInForce = revision === inForce;
    return [
      plain(`From ${longDate(revision.from)}`),
      asked(own, due),
      plain(isInForce ? goalFigure(own) : formatValue(null)),
      isInForce ? status(row.status) : {...plain(whenOf(revision, row)), status: null},
      {...plain(revision.reason), note: `approved by ${revision.approved_by}`}
    ];
  });
  return [
    {
      kind: "table",
      id: `revisions-${row.target}`,
      caption: `${row.title}: the goal as first set and as it is now`,
      columns: ["Holds", "Asks for", "Goal", "Status", "Why"].map((title) => ({title, numeric: title === "Goal"})),
      widths: [18, 28, 12, 16, 26],
      narrow: "cards",
      groups: [
        {
          title: null,
          rows: [
            [
              plain("As first set"),
              asked(first, target.due),
              plain(goalFigure(first)),
              status(row.original_status),
              plain("")
            ],
            ...revised
          ]
        }
      ]
    }
  ];
}

function asked(spoken: SpokenRow, due: Due | null): Cell {
  return {...plain(askedWords(spoken)), note: dueWords(due)};
}

function dueWords(due: Due | null): string | null {
  if (due === null) return null;
  if (due.kind === "day") return `by ${longDate(due.on)}`;
  const after = due.kind === "joined" ? "joining the roster" : due.measure;
  return `within ${spanWords(due.within)} of ${after}`;
}

/** A revision that is not in force was followed by another, or is to come. */
function whenOf({from}: Revision, {through}: AttainmentRow): string {
  return from <= through ? "revised again" : "to come";
}

function status(standing: AttainmentRow["status"]): Cell {
  return {...plain(""), status: standing};
}
