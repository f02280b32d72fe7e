import {dayOf} from "../calendar/instant.ts";
import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Knowledge, RetractedLoad} from "../ledger/contract.ts";
import type {Extract} from "./inbox.ts";

/**
 * The retracted load of an extract that lies in the inbox; null where it was never retracted, or where an earlier reading
 * of it counts and the retracted one was made under another definition.
 */
export function retractedLoad(
  {loads, retracted}: Knowledge,
  {source: {source}}: Extract,
  sha256: string,
  definition: string
): RetractedLoad | null {
  const stands = loads.some((load) => load.source === source && load.sha256 === sha256);
  const found = retracted.findLast(
    (load) => load.source === source && load.sha256 === sha256 && (!stands || load.definition === definition)
  );
  return found ?? null;
}

/** Tells whoever finds it in the inbox why it is not loaded. */
export function retractedNote(file: string, {id, retraction}: RetractedLoad, {settings}: Project): Diagnostic {
  const on = dayOf(new Date(retraction.at), settings.time_zone);
  return complain("extract-retracted", {file}, {load: id, on, reason: retraction.reason}, "warning");
}
