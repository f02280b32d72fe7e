import type {Project} from "../config/project.ts";
import {joinFirst} from "../format/lists.ts";
import {formatCount, formatCounted} from "../format/numbers.ts";
import {isCounted, type Knowledge, refusalWords} from "../ledger/contract.ts";
import type {Block} from "./page-model.ts";
import {momentWords} from "./words.ts";

type OpenRefusal = Knowledge["refusals"][number];

/** Longer lists of names are cut, with a count. */
const namesShown = 3;

/** Extracts of the report's sources that the scheduled job refused and that nobody has loaded since. */
export function openRefusals({refusals}: Knowledge, sources: readonly string[]): OpenRefusal[] {
  return refusals.filter(({source}) => sources.includes(source));
}

/** One line for the head of the report; nothing where no extract is refused. */
export function refusalLine(refusals: readonly OpenRefusal[]): Block[] {
  if (refusals.length === 0) return [];
  const files = refusals.map(({file}) => file);
  const were = files.length === 1 ? "was" : "were";
  return [
    {
      kind: "items",
      items: [
        {
          title: `${formatCounted(files.length, "extract")} ${were} refused`,
          section: "data-quality",
          status: null,
          text: `${joinFirst(files, namesShown)}: not counted in this report until corrected and loaded.`
        }
      ]
    }
  ];
}

/** Each refused extract, with when and why. Values of its records are not told. */
export function refusalItems({sources, settings}: Project, refusals: readonly OpenRefusal[]): Block[] {
  if (refusals.length === 0) return [];
  return [
    {
      kind: "items",
      items: refusals.map((refusal) => ({
        title: `Warning: ${refusal.file} was refused`,
        section: null,
        status: null,
        text:
          `${sources.get(refusal.source)?.title ?? refusal.source}. ` +
          `Refused ${momentWords(refusal.at, settings.time_zone)}: ` +
          `${sentence(refusalWords(refusal))} ${counts(refusal)}Nothing of it is counted; what was known before stands.`
      }))
    }
  ];
}

/** "14 of 1,204 records were rejected. "; nothing where the file was not read to its end, or fell as a whole. */
function counts(refusal: OpenRefusal): string {
  const {records, rejected} = refusal;
  return !isCounted(refusal) || rejected === 0
    ? ""
    : `${formatCount(rejected)} of ${formatCounted(records, "record")} were rejected. `;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
