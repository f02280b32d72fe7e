import {type ExitCode, RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {renderDiagnostics} from "../diagnostics/render.ts";
import {commands} from "./commands.ts";
import type {Context} from "./context.ts";
import {commandHelp, generalHelp} from "./help.ts";
import {parseCommandLine} from "./parse.ts";

/** Runs one command line. The only place that catches: user faults become diagnostics, all else is a bug. */
export async function main(words: readonly string[], context: Context): Promise<ExitCode> {
  try {
    return await dispatch(words, context);
  } catch (error) {
    if (error instanceof RunFailure) {
      context.err(renderDiagnostics(error.diagnostics));
      return error.exitCode;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.err(`milepost met a bug of its own; nothing half done was kept.\n\n${stack}\n
Please report it with the lines above and the command: milepost ${words.join(" ")}\n`);
    return 70;
  }
}

async function dispatch(words: readonly string[], context: Context): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === "--version" || name === "-v") {
    context.out(`${context.version}\n`);
    return 0;
  }
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    const asked = commands[rest[0] ?? ""];
    const text = asked === undefined ? generalHelp(context.version) : commandHelp(rest[0] ?? "", asked);
    (name === undefined ? context.err : context.out)(text);
    return name === undefined ? 2 : 0;
  }
  const spec = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (spec === undefined) {
    throw new RunFailure([complain("unknown-command", null, {command: name, known: Object.keys(commands)})], 2);
  }
  const given = parseCommandLine(name, spec, rest);
  if (given === null) {
    context.out(commandHelp(name, spec));
    return 0;
  }
  const command = await spec.load();
  return command(given, context);
}
