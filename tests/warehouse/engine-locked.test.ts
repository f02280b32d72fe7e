import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {z} from "zod";
import {type Engine, openEngine} from "../../pipeline/warehouse/engine.ts";
import {quoteLiteral, quotePath} from "../../pipeline/warehouse/sql.ts";

const csv = "a,b\n1,2\n";
const numbers = z.looseObject({});

/** A quote, a bracket, a star: a path must mean itself, to the lock too. */
let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "milepost-locked-[it's]*-"));
  for (const name of ["inbox", "loads", "scratch", "elsewhere"]) mkdirSync(join(folder, name));
  for (const name of ["inbox/given.csv", "inbox/other.csv", "elsewhere/secret.csv"])
    writeFileSync(join(folder, name), csv);
  writeFileSync(join(folder, "elsewhere", "mine.csv"), csv);
  symlinkSync(join(folder, "elsewhere", "secret.csv"), join(folder, "loads", "link.csv"));
  symlinkSync(join(folder, "elsewhere", "mine.csv"), join(folder, "inbox", "named-link.csv"));
  engine = await openEngine({
    temporary: join(folder, "engine"),
    reads: [join(folder, "inbox", "given.csv"), join(folder, "inbox", "named-link.csv"), join(folder, "loads")],
    writes: [join(folder, "scratch")],
    memory: "64MiB",
    threads: 2
  });
});
afterAll(() => {
  engine.close();
  rmSync(folder, {recursive: true});
});

const at = (...parts: readonly string[]) => join(folder, ...parts);
const read = (path: string) => `select * from read_csv(${quotePath(path)})`;
const copy = (path: string) => `copy (select 1 as a) to ${quoteLiteral(path)} (format parquet)`;

describe("the engine reaches", () => {
  test("the files given, and a link that was named, where it led", async () => {
    expect(await engine.rows(read(at("inbox", "given.csv")), numbers)).toHaveLength(1);
    expect(await engine.rows(read(at("inbox", "named-link.csv")), numbers)).toHaveLength(1);
  });

  test("what it wrote into its scratch folder, and what came into the folders given since", async () => {
    await engine.run(copy(at("scratch", "made.parquet")));
    expect(await engine.rows(`from read_parquet(${quotePath(at("scratch", "made.parquet"))})`, numbers)).toHaveLength(
      1
    );
    mkdirSync(at("loads", "calls"));
    writeFileSync(at("loads", "calls", "later.csv"), csv);
    expect(await engine.rows(read(at("loads", "calls", "later.csv")), numbers)).toHaveLength(1);
  });

  test("its own spill files: work above the memory given goes on", async () => {
    const [row] = await engine.rows(
      `select count(*)::double as n from (select md5(range::varchar) as x from range(3000000) order by x)`,
      z.object({n: z.number()})
    );
    expect(row).toEqual({n: 3_000_000});
  });
});

describe("the engine refuses", () => {
  const refused = async (sql: string) => {
    const error = await engine.run(sql).then(
      () => null,
      (one: Error) => one
    );
    expect(error?.message, sql).toMatch(
      /disabled by configuration|disabled through configuration|has been locked|file system operations are disabled|requires the extension|does not exist/
    );
  };

  test("any other file: beside the one given, above, by way of a link or of dots", async () => {
    await refused(read(at("inbox", "other.csv")));
    await refused(read(at("elsewhere", "secret.csv")));
    await refused(`select * from read_csv(${quoteLiteral(`${folder}/scratch/../elsewhere/secret.csv`)})`);
    await refused(read(at("loads", "link.csv")));
    await refused(read("/etc/passwd"));
    await refused("select * from read_text('/etc/passwd')");
    await refused("select * from read_blob('/etc/passwd')");
    await refused("from glob('/etc/*')");
    await refused("from read_json('/etc/hosts')");
    await refused("from parquet_metadata('/etc/passwd')");
    await refused("create table t as from '/etc/passwd'");
    await refused("select getenv('HOME')");
  });

  test("to write elsewhere, over a file that it reads, or through a link", async () => {
    await refused(copy(at("elsewhere", "x.parquet")));
    await refused(copy(at("x.parquet")));
    await refused(`copy (select 1) to ${quoteLiteral(at("inbox", "other.csv"))} (format csv, use_tmp_file false)`);
    await refused(`copy (select 1) to ${quoteLiteral(at("loads", "link.csv"))} (format csv, use_tmp_file false)`);
    await refused(`export database ${quoteLiteral(at("elsewhere", "all"))}`);
    expect(readFileSync(at("elsewhere", "secret.csv"), "utf8")).toBe(csv);
    expect(existsSync(at("x.parquet"))).toBe(false);
  });

  test("other databases, extensions and the network", async () => {
    await refused(`attach ${quoteLiteral(at("elsewhere", "x.duckdb"))}`);
    for (const name of ["httpfs", "sqlite", "postgres", "spatial"]) await refused(`install ${name}`);
    await refused("install nanoarrow from community");
    await refused("load httpfs");
    await refused(`load ${quoteLiteral(at("scratch", "x.duckdb_extension"))}`);
    await refused("from read_csv('https://example.com/x.csv')");
    await refused("from read_parquet('s3://example/x.parquet')");
    await refused("attach 'https://example.com/x.duckdb'");
    await refused("create persistent secret s (type http, bearer_token 'x')");
  });

  test("every change of its settings", async () => {
    for (const setting of [
      "enable_external_access = true",
      "lock_configuration = false",
      "allowed_directories = ['/']",
      "allowed_paths = ['/etc/passwd']",
      "temp_directory = '/tmp'",
      "memory_limit = '100GB'",
      "threads = 64",
      "autoload_known_extensions = true",
      "autoinstall_known_extensions = true",
      "allow_community_extensions = true",
      "custom_extension_repository = 'http://example.com'",
      "extension_directory = '/tmp'",
      "secret_directory = '/tmp'",
      "profiling_output = '/tmp/x'",
      "log_query_path = '/tmp/x'",
      "timezone = 'America/Los_Angeles'"
    ]) {
      await refused(`set ${setting}`);
    }
    for (const name of ["lock_configuration", "enable_external_access", "allowed_directories"]) {
      await refused(`reset ${name}`);
      await refused(`set global ${name} = default`);
    }
  });
});
