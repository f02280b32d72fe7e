import type {Command} from "./context.ts";

export interface OptionSpec {
  /** What stands for the value in help: `DIR`; null for a switch. */
  readonly value: string | null;
  readonly summary: string;
  /** The only values it takes; any where it is left out. */
  readonly choices?: readonly string[];
}

export interface CommandSpec {
  readonly summary: string;
  /** Sentences of --help that the summary has no room for. */
  readonly more?: readonly string[];
  /** What comes after the command's name: `[FILE...]`. */
  readonly arguments: string;
  /** Fewest and most positional arguments. */
  readonly takes: readonly [least: number, most: number];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** An example a newcomer can run. */
  readonly example: string;
  /** Loaded only when it is called, so that --help does not wait for the engine. */
  readonly load: () => Promise<Command>;
}

const project: OptionSpec = {
  value: "DIR",
  summary: "The project's folder; default: this one, or the nearest above with a milepost.yaml"
};
const format: OptionSpec = {
  value: "text|json",
  summary: "How to print the answer; default: text",
  choices: ["text", "json"]
};
const asOf: OptionSpec = {
  value: "TIME",
  summary: "What was known then: an instant, or a day or minute of the project's time zone (its end)"
};
const definitions: OptionSpec = {
  value: "now|then",
  summary: "With --as-of: today's definitions, or those of then; default: then",
  choices: ["now", "then"]
};
const period: OptionSpec = {value: "PERIOD", summary: "2024-Q1, 2024-01, 2023-2024 (a plan year), ..."};
const through: OptionSpec = {value: "DAY", summary: "The last day that is counted; default: the last day covered"};
const reportThrough: OptionSpec = {
  value: "DAY",
  summary: "The last day that is counted; default: the period's, or the last one covered before it"
};
const edition: OptionSpec = {
  value: "internal",
  summary: "Only internal so far; public is not there yet",
  // The design names both: public is refused by name, as not supported yet.
  choices: ["internal", "public"]
};
const png: OptionSpec = {value: null, summary: "Give each chart as PNG too, for slides"};
const common = {project, format};

/** Every command with its options: help, parsing and the documentation's test read this one table. */
export const commands: Readonly<Record<string, CommandSpec>> = {
  check: {
    summary: "Check all definitions and the plan's coverage; needs no data",
    arguments: "",
    takes: [0, 0],
    options: common,
    example: "milepost check",
    load: async () => (await import("./check.ts")).check
  },
  new: {
    summary: "Write a file to begin with: a target, a source, a report, or a register that is kept by hand",
    more: [
      "The file passes check as it stands, and says what to fill in. No file is ever overwritten.",
      "A target whose name is a milestone's id cites it. --from proposes the columns of a source from a CSV file.",
      "new register writes a row for each piece of work that targets ask for, to be filled in by hand; with --from it",
      "keeps a register's rows and adds those of targets that it lacks."
    ],
    arguments: "target|source|report NAME | register [SOURCE]",
    takes: [1, 2],
    options: {
      ...common,
      measure: {value: "NAME", summary: "Of a target: what it counts; default: the first measure"},
      plan: {value: "PLAN", summary: "Of a target: the plan in whose folder it is written; default: the only one"},
      from: {
        value: "FILE.csv",
        summary: "Of a source: an extract whose first records are read; of a register: the last one"
      }
    },
    example: "milepost new source bookings --from bookings-2024-06.csv",
    load: async () => (await import("./new.ts")).newFile
  },
  load: {
    summary: "Load extracts from the inbox, or the files named, and print their receipts",
    more: [
      "All or nothing for each file: one that is refused changes nothing, and says why. Mend it, and load it again.",
      "Rejected records stand with line and reason in rejects/ of the warehouse. Ends with 1 when a file was refused."
    ],
    arguments: "[FILE...]",
    takes: [0, Number.POSITIVE_INFINITY],
    options: {
      ...common,
      source: {value: "NAME", summary: "Which source the files are; default: by their names"},
      covers: {value: "A..B", summary: "The days the files speak for, such as 2024-01-01..2024-01-31"},
      approve: {value: '"NAME: REASON"', summary: "Who answers for closed months that move beyond the limit, and why"},
      "dry-run": {value: null, summary: "Say what the files would change, and keep nothing"}
    },
    example: "milepost load crime-2024-06.csv",
    load: async () => (await import("./load.ts")).load
  },
  loads: {
    summary: "List what was loaded, taken back and issued, and what each changed; oldest first; ID: one load in full",
    arguments: "[ID]",
    takes: [0, 1],
    options: {...common, "as-of": asOf},
    example: "milepost loads",
    load: async () => (await import("./loads.ts")).loads
  },
  retract: {
    summary: "Take a load back: from now on it is as if it had never been",
    more: ["ID is the id of a load, or its first digits: milepost loads lists them. Nothing is deleted."],
    arguments: "ID",
    takes: [1, 1],
    options: {
      ...common,
      reason: {value: "TEXT", summary: "Why; required"},
      by: {value: "NAME", summary: "Who says so"},
      "dry-run": {value: null, summary: "Say what it would change, and keep nothing"}
    },
    example: 'milepost retract 79508789b632 --reason "the wrong year was extracted"',
    load: async () => (await import("./retract.ts")).retract
  },
  prune: {
    summary: "Delete what retention of milepost.yaml does not keep: old rejects, rows that decide nothing any more",
    more: ["Without a retention there, rejects go after 90 days, and rows of loads are kept forever."],
    arguments: "",
    takes: [0, 0],
    options: {...common, "dry-run": {value: null, summary: "Say what would be deleted, and delete nothing"}},
    example: "milepost prune --dry-run",
    load: async () => (await import("./prune.ts")).prune
  },
  attain: {
    summary: "Hold the targets against what is known",
    arguments: "",
    takes: [0, 0],
    options: {
      ...common,
      period: {...period, summary: "Only rows whose period overlaps it: 2024-Q1, 2023-2024 (a plan year), ..."},
      through,
      "as-of": asOf,
      definitions,
      target: {value: "ID", summary: "Only this target, or those of this milestone"},
      segment: {value: "SEGMENT", summary: "Only this segment: a code, name or alias, such as Harbor"},
      out: {value: "FILE", summary: "Write the rows to FILE.csv, .parquet, .arrow or .json instead"}
    },
    example: "milepost attain --period 2023-2024 --segment Harbor",
    load: async () => (await import("./attain.ts")).attain
  },
  explain: {
    summary: "Show the whole way of one number, from its rows to its status",
    arguments: "TARGET",
    takes: [1, 1],
    options: {
      ...common,
      segment: {value: "SEGMENT", summary: "A code, name or alias; default: where the target binds"},
      period: {...period, summary: "Only if the target's period overlaps it"},
      through,
      "as-of": asOf,
      definitions,
      rows: {value: "FILE", summary: "Write the rows that were counted to FILE as CSV"}
    },
    example: "milepost explain g1.a.10.y1.1-2 --segment Harbor",
    load: async () => (await import("./explain.ts")).explain
  },
  report: {
    summary: "Make a draft of a report: HTML, PDF, charts, data",
    arguments: "NAME",
    takes: [1, 1],
    options: {
      ...common,
      period: {...period, summary: "The report's period, such as 2024-Q1; default: the last one covered whole"},
      through: reportThrough,
      "as-of": asOf,
      definitions,
      edition,
      png,
      out: {value: "DIR", summary: "Where bundles go; default: paths.out of milepost.yaml"}
    },
    example: "milepost report quarterly --period 2024-Q1",
    load: async () => (await import("./report.ts")).report
  },
  issue: {
    summary: "Publish a report under the next number; an issue is never rewritten",
    arguments: "NAME",
    takes: [1, 1],
    options: {
      ...common,
      period: {...period, summary: "The report's period, such as 2024-Q1; required"},
      by: {value: "NAME", summary: "Who publishes it; required"},
      through: reportThrough,
      "as-of": asOf,
      definitions,
      edition,
      png
    },
    example: 'milepost issue quarterly --period 2024-Q1 --by "A. Analyst"',
    load: async () => (await import("./issue.ts")).issue
  },
  verify: {
    summary: "Check that every file of a bundle is what its manifest says",
    arguments: "BUNDLE",
    takes: [1, 1],
    options: common,
    example: "milepost verify out/quarterly/2024-Q1/internal/1",
    load: async () => (await import("./verify.ts")).verify
  },
  reproduce: {
    summary: "Make a bundle again from its manifest, and say whether it comes out the same",
    more: ["Ends with 0 when it is identical or has the same numbers, with 1 when a number differs."],
    arguments: "BUNDLE",
    takes: [1, 1],
    options: common,
    example: "milepost reproduce out/quarterly/2024-Q1/internal/1",
    load: async () => (await import("./reproduce.ts")).reproduce
  },
  run: {
    summary: "The scheduled job: load what is new, make every report that is due",
    more: [
      "Ends with 1 when a file was refused, a report failed or the inbox is not there, after all else was done;",
      "with 0 when a report waits for extracts, or another run is at work."
    ],
    arguments: "",
    takes: [0, 0],
    options: common,
    example: "milepost run",
    load: async () => (await import("./run.ts")).run
  },
  schedule: {
    summary: "Keep running by the schedule of milepost.yaml, or print it for the system's own scheduler",
    arguments: "",
    takes: [0, 0],
    options: {
      ...common,
      print: {
        value: "systemd|cron|windows",
        summary: "Print the unit for the system's own scheduler, and end",
        choices: ["systemd", "cron", "windows"]
      }
    },
    example: "milepost schedule --print systemd",
    load: async () => (await import("./schedule.ts")).schedule
  },
  runs: {
    summary: "List what the last runs of the job came to, oldest first",
    arguments: "",
    takes: [0, 0],
    options: {...common, last: {value: "N", summary: "How many; default: 20"}},
    example: "milepost runs --last 5",
    load: async () => (await import("./runs.ts")).runs
  },
  sample: {
    summary: "Write synthetic extracts to try milepost with",
    arguments: "",
    takes: [0, 0],
    options: {
      ...common,
      out: {value: "DIR", summary: "Where to; default: the project's inbox"},
      rows: {value: "N", summary: "Crime reports a year; default: 230000, as many as there really are"},
      through: {value: "D", summary: "Last day they speak of; default: 2024-03-31"},
      seed: {value: "N", summary: "Same seed, same files; default: 1"}
    },
    example: "milepost sample --out inbox",
    load: async () => (await import("./sample.ts")).sample
  }
};
