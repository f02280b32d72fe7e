import {RunFailure} from "../diagnostics/failure.ts";

/**
 * What the record of a run keeps of an error. The sentences of complaints are milepost's and name no folder; any other
 * error may quote a path or a value, so its words go to the log alone.
 */
export function keptWords(error: unknown): string {
  if (!(error instanceof RunFailure)) return "a fault of milepost's own; its words are in the log";
  return error.message.split("\n")[0] ?? "";
}
