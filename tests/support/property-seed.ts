import fc from "fast-check";

/*
 * Property tests draw the same cases on every machine, so that a run can be repeated; MILEPOST_SEED draws others:
 * MILEPOST_SEED=7 npx vitest run tests/calendar
 */
fc.configureGlobal({seed: Number(process.env.MILEPOST_SEED ?? 20230701)});
