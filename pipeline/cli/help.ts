import {type CommandSpec, commands} from "./commands.ts";
import {usage} from "./parse.ts";

/** `milepost --help`: every command in a line. */
export function generalHelp(version: string): string {
  const rows = Object.entries(commands).map(([name, {summary}]) => [name, summary] as const);
  return [
    `milepost ${version}: holds the promises of a plan against the facts`,
    "",
    "Usage: milepost COMMAND [options]",
    "",
    ...table(rows),
    "",
    "milepost COMMAND --help says more of one command.",
    "Exit codes: 0 done, 1 the files or data are at fault, 2 the command line is wrong, 70 a bug of milepost.",
    ""
  ].join("\n");
}

/** `milepost COMMAND --help`. */
export function commandHelp(name: string, spec: CommandSpec): string {
  const rows = Object.entries(spec.options).map(
    ([option, {value, summary}]) => [`--${option}${value === null ? "" : ` ${value}`}`, summary] as const
  );
  return [
    spec.summary,
    ...(spec.more === undefined ? [] : ["", ...spec.more]),
    "",
    `Usage: ${usage(name, spec)}`,
    "",
    ...table([...rows, ["--help", "This text"]]),
    "",
    `Example: ${spec.example}`,
    ""
  ].join("\n");
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
