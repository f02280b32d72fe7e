import {attainmentColumns} from "../attainment/contract.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {csvText} from "../warehouse/csv.ts";
import {actualColumns, type BundleFile, type BundleRequest} from "./contract.ts";

/** The numbers of the report as files: what the pages print, unrounded, and the specification of each chart. */
export function dataFiles({rows, actuals, charts}: BundleRequest, loads: Knowledge["loads"]): BundleFile[] {
  const drawn = [
    ...charts.cumulative.values(),
    ...charts.segments.values(),
    ...(charts.gap === null ? [] : [charts.gap])
  ];
  return [
    {path: "data/attainment.csv", contents: csvText(attainmentColumns, rows)},
    {path: "data/actuals.csv", contents: csvText(actualColumns, actuals)},
    {path: "data/rejects-by-reason.csv", contents: csvText(rejectColumns, rejects(loads))},
    ...drawn.flatMap(({wide: {id, svg, spec}}) => [
      {path: `charts/${id}.svg`, contents: svg},
      {path: `charts/${id}.vl.json`, contents: `${JSON.stringify(spec, null, 2)}\n`}
    ])
  ];
}

const rejectColumns = ["source", "load", "file", "sha256", "reason", "records"] as const;

/** One row a load and reason; a load without rejects has none. No value of a record is told. */
function rejects(loads: Knowledge["loads"]) {
  return loads.flatMap(({source, id, file, sha256, receipt}) =>
    Object.entries(receipt.rejects_by_reason)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([reason, records]) => ({source, load: id, file, sha256, reason, records}))
  );
}
