import {defineConfig} from "vitest/config";

// A zone far from UTC, on both sides of midnight from Los Angeles: a local-time slip fails.
process.env.TZ = "Pacific/Auckland";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/support/property-seed.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Real DuckDB, real files, a real browser: a worker more than the machine has cores only waits.
    maxWorkers: "100%"
  }
});
