import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import type {CheckResult, ExtractSummary, RefusedExtract, RejectReason} from "./contract.ts";

/** What is known of a file by the time it is refused or read. */
export interface Known {
  readonly sha256: string;
  readonly bytes: number;
  /** As far as they were counted. */
  readonly records: number;
  readonly columns: ExtractSummary["columns"];
}

export const noColumns: ExtractSummary["columns"] = {mapped: [], missing: [], unknown: []};

/** Nothing of the file is kept, so all its records count as rejected; reasons only count those that have one. */
export function refuse(
  known: Known,
  diagnostics: readonly Diagnostic[],
  {
    byReason,
    file,
    checks = []
  }: {
    readonly byReason: Readonly<Partial<Record<RejectReason, number>>>;
    readonly file: string | null;
    readonly checks?: readonly CheckResult[];
  } = {byReason: {}, file: null}
): RefusedExtract {
  const {sha256, bytes, records, columns} = known;
  return {
    outcome: "refused",
    sha256,
    bytes,
    records,
    kept: 0,
    rejected: records,
    rejects_by_reason: byReason,
    columns,
    checks,
    diagnostics,
    rejectsFile: file
  };
}
