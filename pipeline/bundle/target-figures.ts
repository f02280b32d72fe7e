import {daysIn, longDate} from "../calendar/iso-date.ts";
import {actualWords, countedParts} from "../charts/contract.ts";
import {formatCount, formatCounted, formatValue, unknownValue} from "../format/numbers.ts";
import type {Figure} from "./page-model.ts";
import {askedWords, goalFigure, type SpokenRow, sameDays} from "./target-words.ts";
import {capital, changeText} from "./words.ts";

/** The numbers of a target's page, by what its row counts: its own value, parts of it, or whether something is done. */
export function targetFigures(spoken: SpokenRow): Figure[] {
  const {reading, goal} = spoken;
  if (reading.every !== null || reading.each !== null) return partFigures(spoken);
  return goal.kind === "done" ? doneFigures(spoken) : valueFigures(spoken);
}

/** Of sub-periods and units: how many met, how many may miss, by when. */
function partFigures(spoken: SpokenRow): Figure[] {
  const {row, target, reading} = spoken;
  const parts = countedParts(reading, 2) ?? "";
  const {numerator, denominator, due_on} = row;
  const isKnown = numerator !== null && denominator !== null;
  const until = longDate(due_on ?? row.period_to);
  return [
    {
      term: `${capital(parts)} that met it`,
      value: isKnown ? `${formatCount(numerator)} of ${formatCount(denominator)}` : unknownValue,
      note: `through ${longDate(row.through)}`
    },
    ...(isKnown
      ? [
          {
            term: "Not met, or not known",
            value: formatCount(denominator - numerator),
            note: reading.every === null ? parts : `${formatCount(target.allow ?? 0)} may be missed`
          }
        ]
      : []),
    {term: "Goal", value: goalFigure(spoken), note: `${askedWords(spoken)}, by ${until}`}
  ];
}

/** Of a deliverable: when it is due, when it was done. */
function doneFigures(spoken: SpokenRow): Figure[] {
  const {row} = spoken;
  const {due_on, done_on, through} = row;
  const left = due_on === null ? null : due_on >= through ? daysIn(through, due_on) - 1 : 1 - daysIn(due_on, through);
  const late = due_on === null || done_on === null || done_on <= due_on ? 0 : daysIn(due_on, done_on) - 1;
  const due =
    left === null
      ? "its event has not happened"
      : done_on !== null
        ? late > 0
          ? `done ${formatCounted(late, "day")} late`
          : "done in time"
        : left >= 0
          ? `${formatCounted(left, "day")} left on ${longDate(through)}`
          : `${formatCounted(-left, "day")} overdue on ${longDate(through)}`;
  return [
    {term: "Due", value: due_on === null ? "no day yet" : longDate(due_on), note: due},
    {
      term: "Done",
      value: row.actual_value === null ? unknownValue : done_on === null ? "not done" : longDate(done_on),
      note: `as known through ${longDate(through)}`
    }
  ];
}

function valueFigures(spoken: SpokenRow): Figure[] {
  const {row, target, reading, goal} = spoken;
  const {unit} = row;
  const compared = row.baseline_to_date !== null && row.reason_code !== "series_break";
  const asks = goal.kind !== "track";
  // What must hold on every day is expected as it is asked for: one number is enough.
  const hasPace = asks && row.expected_to_date !== null && row.expected_to_date !== row.target_value;
  const isWay = reading.shape === "flow" || hasPace;
  return [
    {
      term: "Actual",
      value: actualWords(row, reading),
      note: `${madeOf(spoken)} ${reading.shape === "stock" ? "on" : "through"} ${longDate(row.through)}`
    },
    ...(asks && isWay
      ? [{term: "Expected to date", value: formatValue(row.expected_to_date, unit), note: "by the target's pace"}]
      : []),
    ...(asks
      ? [
          {
            term: "Goal",
            value: goalFigure(spoken),
            note: `${askedWords(spoken)}${goal.kind === "to_be_set" ? "" : ` by ${longDate(row.due_on ?? row.period_to)}`}`
          }
        ]
      : []),
    ...(compared
      ? [
          {
            term: "Change",
            value: changeText(row),
            note: `from ${formatValue(row.baseline_to_date, unit)} on ${sameDays(target)}`
          }
        ]
      : [])
  ];
}

/** "580 of 1,203"; else the unit. */
function madeOf({row: {unit, numerator, denominator}}: SpokenRow): string {
  if (numerator === null || denominator === null) return unit;
  return unit === "share" ? `${formatValue(numerator)} of ${formatValue(denominator)}` : unit;
}
