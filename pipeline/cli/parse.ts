import {type ParseArgsConfig, parseArgs} from "node:util";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {CommandSpec} from "./commands.ts";
import type {Given} from "./context.ts";

/**
 * Reads what follows a command's name, strictly: an unknown or doubled option, a missing value or a wrong number of
 * arguments is a `RunFailure` with exit code 2.
 *
 * @returns What was given, or null when --help was asked.
 */
export function parseCommandLine(name: string, spec: CommandSpec, words: readonly string[]): Given | null {
  const options: NonNullable<ParseArgsConfig["options"]> = {help: {type: "boolean", short: "h"}};
  for (const [option, {value}] of Object.entries(spec.options)) {
    options[option] = value === null ? {type: "boolean"} : {type: "string", multiple: true};
  }
  const {values, positionals} = parseStrictly(name, spec, words, options);
  if (values.help === true) return null;
  for (const [option, value] of Object.entries(values)) {
    if (Array.isArray(value) && value.length > 1)
      throw misuse(name, spec, `--${option} is given ${value.length} times`);
  }
  for (const [option, {choices}] of Object.entries(spec.options)) {
    const value = values[option];
    if (choices !== undefined && Array.isArray(value) && !choices.includes(String(value[0]))) {
      throw misuse(name, spec, `--${option} must be ${choices.join(" or ")}, and it is "${value[0]}"`);
    }
  }
  const [least, most] = spec.takes;
  if (positionals.length < least) throw misuse(name, spec, `${spec.arguments} is missing`);
  if (positionals.length > most) {
    throw misuse(name, spec, `"${positionals[most]}" is one argument too many`);
  }
  return {
    positionals,
    text: (option) => {
      const value = values[option];
      return Array.isArray(value) ? String(value[0]) : undefined;
    },
    is: (option) => values[option] === true
  };
}

/** The line that shows how a command is called. */
export function usage(name: string, spec: CommandSpec): string {
  return `milepost ${[name, spec.arguments, "[options]"].filter((word) => word !== "").join(" ")}`;
}

function parseStrictly(
  name: string,
  spec: CommandSpec,
  words: readonly string[],
  options: NonNullable<ParseArgsConfig["options"]>
) {
  try {
    return parseArgs({args: [...words], options, strict: true, allowPositionals: true});
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
      const option = /'(-[^']*)'/.exec(message)?.[1] ?? "";
      const known = Object.keys(options).map((known) => `--${known}`);
      throw new RunFailure([complain("unknown-option", null, {option, command: name, known})], 2);
    }
    const value = /'(--[^' ]*)[^']*' argument is ambiguous/.exec(message)?.[1];
    if (value !== undefined) {
      throw misuse(name, spec, `the value of ${value} is missing, or begins with a hyphen: then write ${value}=VALUE`);
    }
    if (code?.startsWith("ERR_PARSE_ARGS") === true) throw misuse(name, spec, message.split("\n")[0] ?? message);
    throw error;
  }
}

function misuse(command: string, spec: CommandSpec, problem: string): RunFailure {
  return new RunFailure([complain("bad-arguments", null, {command, problem, usage: usage(command, spec)})], 2);
}
