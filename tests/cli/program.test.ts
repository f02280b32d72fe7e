import {expect, test} from "vitest";
import {commands} from "../../pipeline/cli/commands.ts";
import type {Context} from "../../pipeline/cli/context.ts";
import {main} from "../../pipeline/cli/program.ts";

async function run(...words: string[]) {
  let out = "";
  let err = "";
  const context: Context = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => new Date(0),
    cwd: ".",
    terminal: false,
    version: "1.2.3"
  };
  return {code: await main(words, context), out, err};
}

test("help names every command, on standard output", async () => {
  const {code, out, err} = await run("--help");
  expect([code, err]).toEqual([0, ""]);
  for (const name of Object.keys(commands)) expect(out).toContain(`  ${name} `);
});

test.each(Object.entries(commands))("%s has help that names all its options and an example", async (name, spec) => {
  const {code, out} = await run(name, "--help");
  expect(code).toBe(0);
  for (const option of Object.keys(spec.options)) expect(out).toContain(`--${option}`);
  expect(out).toContain(`Example: milepost ${name}`);
});

test("every command can be loaded under its own name", async () => {
  for (const spec of Object.values(commands)) expect(await spec.load()).toBeTypeOf("function");
});

test("without a command the help goes to standard error, and the code is 2", async () => {
  const {code, out, err} = await run();
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("Usage: milepost COMMAND");
});

test.each([
  [["lod"], 'Did you mean "load"?'],
  [["attain", "--trough", "2024-01-01"], 'Did you mean "--through"?'],
  [["attain", "--format", "yaml"], '--format must be text or json, and it is "yaml"'],
  [["attain", "--period"], "argument missing"],
  [["attain", "--period", "2024", "--period", "2023"], "--period is given 2 times"],
  [["attain", "extra"], '"extra" is one argument too many'],
  [["explain"], "TARGET is missing"],
  [["toString"], 'milepost has no command "toString"']
])("%j is refused with code 2 and says: %s", async (words, said) => {
  const {code, out, err} = await run(...words);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(said);
});
