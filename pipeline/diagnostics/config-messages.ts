import type {Texts} from "./diagnostic.ts";

type Nothing = Record<string, never>;

export interface ConfigParameters {
  // Files
  "missing-file": {path: string; holds: string; fix: string};
  "stray-file": {belongs: string};
  "symbolic-link": Nothing;
  "unreadable-file": {problem: string};
  "empty-definition": Nothing;
  "definition-not-utf-8": Nothing;
  // YAML and its shape
  "yaml-syntax": {problem: string};
  "yaml-feature": {feature: string; instead: string};
  "repeated-yaml-key": {key: string; line: number};
  "unknown-key": {key: string; within: string; suggestion: string};
  "missing-key": {key: string; within: string};
  "bad-value": {subject: string; problem: string; found: string | undefined; fix?: string | undefined};
  "not-supported-yet": {what: string};
  // Seeds
  "seed-syntax": {problem: string};
  "seed-record": {fields: number; columns: number};
  "unknown-seed-column": {column: string; suggestion: string};
  "repeated-seed-column": {column: string};
  "missing-seed-column": {missing: readonly string[]};
  "repeated-code": {list: string; code: string};
  "ambiguous-segment": {type: string; word: string; first: string};
  "second-root": {segment: string; root: string};
  "unknown-parent": {type: string; code: string; suggestion: string};
  "segment-cycle": {segment: string};
  // Sources
  "unknown-column": {column: string; use: string; suggestion: string};
  "personal-column-used": {column: string; use: string};
  "column-of-other-type": {column: string; use: string; is: string; must: string};
  "column-not-required": {column: string; use: string};
  "repeated-header": {header: string; first: string; second: string};
  "repeated-position": {position: number; first: string; column: string};
  "date-format": {format: string; problem: string};
  "file-name-pattern": {pattern: string; problem: string};
  "series-order": {series: string; problem: string};
  "condition-of-other-type": {column: string; kind: string; test: string; types: string};
  "value-of-other-type": {column: string; kind: string; found: string; suggestion: string | undefined};
  "case-begins-elsewhere": {use: string; column: string; date: string};
  "ratio-of-itself": {measure: string; way: readonly string[]};
  "unknown-code-list": {list: string; suggestion: string};
  "bad-pattern": {problem: string};
  "code-of-other-type": {list: string; code: string; column: string; kind: string};
  // Names across files
  "repeated-name": {kind: string; name: string; first: string};
  "repeated-entry": {entry: string; list: string};
  "unknown-measure": {measure: string; suggestion: string};
  "unknown-milestone": {milestone: string; suggestion: string};
  "no-such-period": {period: string; forms: string; suggestion: string | undefined};
  "period-missing": Nothing;
  "event-not-done": {measure: string};
  "unknown-reference": {reference: string; suggestion: string};
  "unknown-segment-type": {type: string; suggestion: string};
  "segment-not-in-roster": {type: string; word: string; suggestion: string};
}

export const configTexts: Texts<ConfigParameters> = {
  "missing-file": ({path, holds, fix}) => ({message: `The file ${path} is missing; it holds ${holds}`, fix}),
  "stray-file": ({belongs}) => ({
    message: "This file is not read: it is not where definitions of its kind stand",
    expected: belongs,
    fix: "Move or rename it, or begin its name with a dot to leave it out"
  }),
  "symbolic-link": () => ({
    message: "A definition can't be a symbolic link: it is stored by what it holds",
    fix: "Put the file or folder itself here"
  }),
  "unreadable-file": ({problem}) => ({message: `The file can't be read: ${problem}`}),
  "empty-definition": () => ({message: "The file holds nothing", fix: "Fill it, or delete it"}),
  "definition-not-utf-8": () => ({
    message: "The file must be UTF-8, and this byte is not",
    fix: 'Save it again as UTF-8 ("CSV UTF-8" in Excel)'
  }),

  "yaml-syntax": ({problem}) => ({message: `The file can't be read as YAML: ${problem}`}),
  "yaml-feature": ({feature, instead}) => ({
    message: `${feature} can't stand in a definition`,
    fix: `Write ${instead}`
  }),
  "repeated-yaml-key": ({key, line}) => ({
    message: `The key "${key}" stands twice in one mapping, first in line ${line}`,
    fix: "Keep one of them"
  }),
  "unknown-key": ({key, within, suggestion}) => ({
    message: within === "" ? `There is no key "${key}" here` : `There is no key "${key}" in ${within}`,
    fix: suggestion
  }),
  "missing-key": ({key, within}) => ({
    message: within === "" ? `The key "${key}" is missing` : `The key "${key}" is missing in ${within}`,
    fix: `Add "${key}: ..."`
  }),
  "bad-value": ({subject, problem, found, fix}) => ({message: valueSentence(subject, problem), found, fix}),
  "not-supported-yet": ({what}) => ({
    message: /^\w+$/.test(what) ? `"${what}" is not supported yet` : `${capitalised(what)} is not supported yet`,
    fix: "Leave it out; a later version will read it"
  }),

  "seed-syntax": ({problem}) => ({message: `The file can't be read as CSV: ${problem}`}),
  "seed-record": ({fields, columns}) => ({
    message: `A record must stand on one line and have a cell for each of the ${columns} columns`,
    found: fields === columns ? "a line break inside a cell" : `${fields} ${fields === 1 ? "cell" : "cells"}`,
    fix: fields === columns ? "Take the line break out" : "Put cells that hold a comma in double quotes"
  }),
  "unknown-seed-column": ({column, suggestion}) => ({message: `There is no column "${column}" here`, fix: suggestion}),
  "repeated-seed-column": ({column}) => ({message: `The column "${column}" stands twice in the header`}),
  "missing-seed-column": ({missing}) => ({
    message: `The header must name ${missing.map((name) => `"${name}"`).join(", ")}`,
    fix: "Write the header as the first line, names separated by commas"
  }),
  "repeated-code": ({list, code}) => ({message: `The list "${list}" has the code ${code} already`}),
  "ambiguous-segment": ({type, word, first}) => ({
    message: `"${word}" could mean two segments of type ${type}: this one and ${first}`,
    fix: "Codes, names and aliases must be unique within a type; upper and lower case count as the same"
  }),
  "second-root": ({segment, root}) => ({
    message: `${segment} has no parent, but ${root} is the roster's root already`,
    fix: "Give it a parent_type and a parent_code"
  }),
  "unknown-parent": ({type, code, suggestion}) => ({
    message: `The roster has no ${type} with the code "${code}"`,
    fix: suggestion
  }),
  "segment-cycle": ({segment}) => ({
    message: `${segment} stands below itself`,
    fix: "Correct the parents on the way up"
  }),

  "unknown-column": ({column, use, suggestion}) => ({
    message: `"${use}" names the column "${column}", which the source does not declare`,
    fix: suggestion
  }),
  "personal-column-used": ({column, use}) => ({
    message: `"${use}" can't use the column "${column}": it is personal and never reaches the warehouse`
  }),
  "column-of-other-type": ({column, use, is, must}) => ({
    message: `"${use}" must name a column of type ${must}`,
    found: `${column}, of type ${is}`
  }),
  "column-not-required": ({column, use}) => ({
    message: `The column "${column}" must be required, because "${use}" names it: a row without it would be lost unseen`,
    fix: "Add required: true"
  }),
  "repeated-header": ({header, first, second}) => ({
    message: `The header "${header}" is claimed twice: by ${first} and by ${second}`,
    fix: "Let one of them have it; where the extract repeats the header, say which with position"
  }),
  "repeated-position": ({position, first, column}) => ({
    message: `Position ${position} is claimed twice: by column ${first} and by column ${column}`
  }),
  "date-format": ({format, problem}) => ({message: `The date format "${format}" ${problem}`}),
  "file-name-pattern": ({pattern, problem}) => ({
    message: `The pattern "${pattern}" ${problem}`,
    expected: "{yyyy}, with {MM} and {dd} where the name has them, and * for any characters, such as crime-{yyyy}-{MM}*"
  }),
  "series-order": ({series, problem}) => ({
    message: `The series "${series}" must follow the one before it day by day: ${problem}`
  }),
  "condition-of-other-type": ({column, kind, test, types}) => ({
    message: `"${test}" must be asked of columns of type ${types}`,
    found: `${column}, of type ${kind}`
  }),
  "value-of-other-type": ({column, kind, found, suggestion}) => ({
    message: `A condition on the column "${column}" must be of its type: ${kind}`,
    found,
    fix: suggestion
  }),
  "case-begins-elsewhere": ({use, column, date}) => ({
    message: `"${use}" must name the source's date: a case is found by the day on which it begins`,
    found: column,
    expected: date,
    fix: `Write from: ${date}; cases that begin on another day need a source of their own with that date`
  }),
  "ratio-of-itself": ({measure, way}) => ({
    message: `"${measure}" is a ratio of itself: ${way.join(" divides ")}`,
    fix: "Let one of them be counted from rows"
  }),
  "unknown-code-list": ({list, suggestion}) => ({
    message: `There is no code list "${list}" in seeds/code-lists.csv`,
    fix: suggestion
  }),
  "bad-pattern": ({problem}) => ({
    message: `The pattern can't be read: ${problem}`,
    expected: "a regular expression as RE2 reads it: no references back, no looking ahead or behind"
  }),
  "code-of-other-type": ({list, code, column, kind}) => ({
    message: `The code list "${list}" can't be held against the column "${column}" of type ${kind}`,
    found: `the code "${code}"`
  }),

  "repeated-name": ({kind, name, first}) => ({
    message: `There is ${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind} "${name}" already, in ${first}`,
    fix: "Names must be unique in a project; upper and lower case count as the same"
  }),
  "repeated-entry": ({entry, list}) => ({message: `"${entry}" stands twice in ${list}`, fix: "Keep one of them"}),
  "unknown-measure": ({measure, suggestion}) => ({message: `No source offers a measure "${measure}"`, fix: suggestion}),
  "unknown-milestone": ({milestone, suggestion}) => ({
    message: `No plan has a milestone "${milestone}"`,
    fix: suggestion
  }),
  "no-such-period": ({period, forms, suggestion}) => ({
    message: `The calendar knows no period "${period}"`,
    expected: forms,
    fix: suggestion
  }),
  "period-missing": () => ({
    message: "The target must have a period: neither its milestone nor a due day says which",
    fix: "Add period: 2024-Q1, a plan year, or any other period"
  }),
  "event-not-done": ({measure}) => ({
    message: `"after" must name a measure with done, and "${measure}" has none: nothing says on which day it happened`
  }),
  "unknown-reference": ({reference, suggestion}) => ({
    message: `There is no value "${reference}" in seeds/references.csv`,
    fix: suggestion
  }),
  "unknown-segment-type": ({type, suggestion}) => ({message: `The roster has no type "${type}"`, fix: suggestion}),
  "segment-not-in-roster": ({type, word, suggestion}) => ({
    message: `The roster has no ${type} "${word}"`,
    fix: suggestion
  })
};

function valueSentence(subject: string, problem: string): string {
  return subject === "" ? `What stands here ${problem}` : `"${subject}" ${problem}`;
}

function capitalised(sentence: string): string {
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}`;
}
