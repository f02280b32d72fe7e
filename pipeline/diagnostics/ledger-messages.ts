import type {Texts} from "./diagnostic.ts";
import {didYouMean} from "./suggest.ts";

export interface LedgerParameters {
  "ledger-gap": {missing: string};
  "ledger-entry": {problem: string};
  "definitions-changed": {folder: string};
  "rows-lost": {load: string; extract: string};
  "rows-changed": {load: string; extract: string; recorded: string; found: string};
  "rows-restored": {load: string; lasts: boolean};
  "rows-not-restored": {load: string; extract: string};
  "no-project": {directory: string};
  "no-project-folder": {directory: string};
  "no-inbox": {inbox: string};
  "inbox-not-a-file": {what: "link" | "folder" | "device"};
  "extract-not-found": Record<string, never>;
  "extract-not-a-file": Record<string, never>;
  "extract-through-link": {path: string};
  "no-source-for-file": {patterns: readonly string[]};
  "several-sources-for-file": {sources: readonly string[]};
  "unknown-source": {source: string; known: readonly string[]};
  "overlapping-files": {other: string; what: string; declared: boolean};
  "repeated-file": {other: string};
  "rejects-kept": {path: string; kept: boolean};
  "effects-not-known": {why: string; fix: string | undefined};
  "read-again": {former: string; loaded: string; redefined: boolean; said: string | null};
  "rows-pruned": {loads: readonly NamedLoad[]; horizon: string};
  "unknown-load": {given: string; known: readonly string[]; files: readonly NamedLoad[]};
  "ambiguous-load": {given: string; loads: readonly NamedLoad[]};
  "already-retracted": {load: string; on: string; reason: string};
  "load-read-again": {load: string; later: string | null};
  "earlier-reading": {load: string; back: string};
  "extract-retracted": {load: string; on: string; reason: string};
  "loaded-anew": {load: string; on: string; reason: string};
  "needs-approval": {limit: string; months: readonly string[]};
  "bad-approval": {given: string};
  "late-extract": {extracted: string; decides: string; newer: string};
  "known-by-other-name": {
    load: string;
    other: string;
    /** A later day of making that this name says; null where it says none. */
    made: string | null;
    counts_as: string | null;
    /** So many days that this name says are not known. */
    days: number;
    covers: string | null;
  };
  "known-displaced": {load: string; decides: string; newer: readonly string[]; declared: boolean};
  "disk-refused": {doing: string; problem: string};
  "sample-record": Record<string, never>;
  "bad-covers": {given: string};
  "bad-as-of": {given: string};
}

interface NamedLoad {
  readonly id: string;
  /** Its extract. */
  readonly file: string;
}

/** More loads are counted, not named. */
const loadsNamed = 5;

function loadWords(loads: readonly NamedLoad[]): string {
  const named = loads.slice(0, loadsNamed).map(({id, file}) => `${id} (${file})`);
  return `${named.join(", ")}${loads.length > loadsNamed ? ` and ${loads.length - loadsNamed} more` : ""}`;
}

/** More months are counted, not named. */
const monthsNamed = 6;

/** The same extract gives the same rows, so it need not be loaded anew: naming it puts them back. */
function putBack(extract: string): string {
  return `Load the extract again by its name: milepost load ${extract}. Or restore the file from a backup of the warehouse.`;
}

export const ledgerTexts: Texts<LedgerParameters> = {
  "ledger-gap": ({missing}) => ({
    message: `The ledger has no entry ${missing}, but later ones`,
    expected: "entries numbered from 000001 without a gap",
    fix: "Restore the missing file from a backup of the warehouse; nothing is read past a gap."
  }),
  "ledger-entry": ({problem}) => ({
    message: `This ledger entry can't be read: it ${problem}`,
    expected: "an entry as milepost wrote it",
    fix: "Restore the file from a backup of the warehouse; entries are never changed by hand."
  }),
  "definitions-changed": ({folder}) => ({
    message: "A stored definition was changed after it was stored",
    expected: `the files under ${folder} as they were when a load was made`,
    fix: "Restore the folder from a backup of the warehouse."
  }),
  "rows-lost": ({load, extract}) => ({
    message: `The rows of load ${load} are gone from the warehouse`,
    expected: "every file that the ledger names",
    fix: putBack(extract)
  }),
  "rows-changed": ({load, extract, recorded, found}) => ({
    message: `The rows of load ${load} are not what was stored: the file was altered or damaged`,
    found: `SHA-256 ${found}`,
    expected: `SHA-256 ${recorded}, as the ledger recorded`,
    fix: putBack(extract)
  }),
  "rows-restored": ({load, lasts}) => ({
    message: `The rows of load ${load} were gone or altered in the warehouse, and ${lasts ? "are" : "would be"} put back as they were stored`
  }),
  "rows-not-restored": ({load, extract}) => ({
    message: `The rows of load ${load} are gone or altered, and ${extract}, read again, does not give the bytes that were stored`,
    expected: "what the version of milepost that loaded it wrote: milepost loads --format json names it",
    fix: "Restore the file from a backup of the warehouse, or load the extract again with that version."
  }),
  "no-project": ({directory}) => ({
    message: `No project in ${directory} or any folder above it`,
    expected: "a folder that holds milepost.yaml",
    fix: "Go to the project's folder, or name it with --project DIR."
  }),
  "no-project-folder": ({directory}) => ({
    message: `There is no folder ${directory}`,
    expected: "the folder of a project: --project DIR"
  }),
  "no-inbox": ({inbox}) => ({
    message: "The inbox is not there",
    expected: `a folder ${inbox} (paths: in milepost.yaml)`,
    fix: "Make the folder and put extracts into it, or name the files: milepost load FILE..."
  }),
  "inbox-not-a-file": ({what}) => ({
    message: `This ${what} in the inbox is named like an extract and was left alone`,
    expected: "files: others may write to the inbox, so nothing is read through it that lies elsewhere",
    fix:
      what === "folder"
        ? "Put its files into the inbox itself, or name them: milepost load FILE..."
        : "Put a copy of the file into the inbox, or name it: milepost load FILE..."
  }),
  "extract-not-found": () => ({
    message: "No such file",
    fix: "Paths are relative to the folder where the command was started."
  }),
  "extract-not-a-file": () => ({message: "An extract must be a file", fix: "Name the files in the folder one by one."}),
  "extract-through-link": ({path}) => ({message: `This is a link, and what is read is ${path}`}),
  "no-source-for-file": ({patterns}) => ({
    message: "The file's name matches no source",
    expected: `a name that matches one of: ${patterns.join(", ")}`,
    fix: "Say which source it belongs to with --source NAME, or add its name to the source's files."
  }),
  "several-sources-for-file": ({sources}) => ({
    message: `The file's name matches several sources: ${sources.join(", ")}`,
    expected: "exactly one source",
    fix: "Say which one with --source NAME, or make the patterns under files: narrower."
  }),
  "unknown-source": ({source, known}) => ({
    message: `The project has no source "${source}"`,
    fix: didYouMean(source, known)
  }),
  "overlapping-files": ({other, what, declared}) => ({
    message: `This file and ${other} both speak for ${what}, and nothing says which is newer`,
    fix: declared
      ? "Both give the same day under extracted:. Take one of them away, or give the newer a later day."
      : "Take one of them away, load the older first by itself, or declare extracted: in the source."
  }),
  "repeated-file": ({other}) => ({
    message: `The same bytes as ${other}; counted once`,
    fix: "Take one of them away."
  }),
  "rejects-kept": ({path, kept}) => ({
    message: `Each rejected record ${kept ? "stands" : "would stand"} with its line and reason in ${path} of the warehouse, readable by its owner alone${kept ? "" : "; of a dry run nothing is kept"}`
  }),
  "effects-not-known": ({why, fix}) => ({
    message: "What this load changes in the targets can't be worked out; the load itself is not hindered",
    found: why,
    fix
  }),
  "read-again": ({former, loaded, redefined, said}) => ({
    message: `Read again: the same extract was loaded on ${loaded} ${redefined ? "under an earlier definition" : "for other days"}; this replaces load ${former}${said === null ? "" : ` and covers ${said}, as said by hand`}`
  }),
  "rows-pruned": ({loads, horizon}) => ({
    message: `This needs the rows of ${loads.length === 1 ? "a load" : `${loads.length} loads`} that ${loads.length === 1 ? "was" : "were"} pruned; what was known since ${horizon} can be asked for`,
    found: `pruned: ${loadWords(loads)}`,
    expected: `an --as-of from ${horizon} on: the horizon that milepost prune has set (retention: of milepost.yaml)`,
    fix: `Or put the rows back: milepost load ${loads[0]?.file ?? "FILE"}, the extract itself. Issued bundles keep their own data.`
  }),
  "unknown-load": ({given, known, files}) => ({
    message: `There is no load "${given}"`,
    expected: "the id of a load, or its first digits, at least four: milepost loads lists them",
    fix: files.length > 0 ? `The file of that name is load ${loadWords(files)}.` : didYouMean(given, known)
  }),
  "ambiguous-load": ({given, loads}) => ({
    message: `Several loads begin with "${given}"`,
    found: loadWords(loads),
    fix: "Write more digits of the one that is meant."
  }),
  "already-retracted": ({load, on, reason}) => ({
    message: `Load ${load} is retracted already, since ${on}: ${reason}`,
    fix: "Nothing need be done. To count its extract again load it by its name: milepost load FILE"
  }),
  "load-read-again": ({load, later}) => ({
    message: `Load ${load} counts no more: its extract was read again${later === null ? "" : ` as load ${later}`}`,
    fix:
      later === null ? "milepost loads says which loads count." : `Retract the later reading: milepost retract ${later}`
  }),
  "earlier-reading": ({load, back}) => ({
    message: `Load ${back}, the reading of the same extract before load ${load}, counts again`,
    fix: `To take the whole extract away retract that one too: milepost retract ${back}`
  }),
  "extract-retracted": ({load, on, reason}) => ({
    message: `Not loaded: load ${load} of this extract was retracted on ${on}: ${reason}`,
    fix: "Take the file out of the inbox. To count it all the same load it by its name: milepost load FILE"
  }),
  "loaded-anew": ({load, on, reason}) => ({
    message: `Loaded anew: its load ${load} was retracted on ${on}: ${reason}`
  }),
  "needs-approval": ({limit, months}) => ({
    message: `It changes more than ${limit} of the rows of ${months.length === 1 ? "a month that was closed" : `${months.length} months that were closed`}, and nobody answers for that`,
    found: `${months.slice(0, monthsNamed).join("; ")}${months.length > monthsNamed ? `; and ${months.length - monthsNamed} more` : ""}`,
    expected: `at most ${limit} (loads: approve_above of milepost.yaml), or somebody's word`,
    fix: 'See first what it changes: milepost load --dry-run --approve "NAME: REASON" FILE. Without --dry-run the name and the reason stand in the ledger.'
  }),
  "bad-approval": ({given}) => ({
    message: `--approve can't be "${given}"`,
    expected: 'who approves and why, such as --approve "A. Analyst: the records system was corrected"'
  }),
  "late-extract": ({extracted, decides, newer}) => ({
    message: `Older than what is known: made ${extracted}, load ${newer} is newer; it decides ${decides}`
  }),
  "known-displaced": ({load, decides, newer, declared}) => ({
    message: `This extract is known as load ${load}, which decides ${decides} of what it covers: ${newer.length === 1 ? "load" : "loads"} ${newer.slice(0, 3).join(", ")}${newer.length > 3 ? ` and ${newer.length - 3} more` : ""} ${newer.length === 1 ? "is" : "are"} newer`,
    fix: `To replace these numbers deliver an extract with other contents${declared ? " and a later day under extracted:" : ""}; the same bytes stay the load that they are.`
  }),
  "known-by-other-name": ({load, other, made, counts_as, days, covers}) => ({
    message: `The same bytes as ${other} are load ${load}; what only this name says does not count`,
    found: [
      ...(made === null ? [] : [`made ${made}, counts as made ${counts_as}`]),
      ...(days === 0 ? [] : [`covers ${covers}, ${days === 1 ? "1 day" : `${days} days`} of which are not known`])
    ].join("; "),
    fix: [
      ...(made === null ? [] : ["A load made in between counts as newer: retract it if it is not."]),
      ...(days === 0 ? [] : ["Say by hand all days that these bytes speak for: --covers A..B"])
    ].join(" ")
  }),
  "disk-refused": ({doing, problem}) => ({
    message: `Can't ${doing}: ${problem}`,
    fix: "Nothing was half written. Free space or mend the permissions, then start the command again."
  }),
  "sample-record": () => ({
    message: "This record of synthetic extracts can't be read, so it can't be told what is made up",
    expected: "the file as milepost sample wrote it",
    fix: "Write the extracts again with milepost sample, or move the real extracts to a folder of their own."
  }),
  "bad-covers": ({given}) => ({
    message: `--covers can't be "${given}"`,
    expected: "first and last day, such as 2024-01-01..2024-03-31",
    fix: "Both days are counted; the first must not be after the last."
  }),
  "bad-as-of": ({given}) => ({
    message: `--as-of can't be "${given}"`,
    expected:
      "a day or minute of the project's time zone (its end), such as 2024-03-31 or 2024-03-31 14:05, or an instant, such as 2024-03-31T12:00:00Z"
  })
};
