/**
 * When extracts that come late are looked for, beside the times of the schedule: every day at half past twelve in the
 * project's time zone. A quarterly report that waits for one is then made the day it came, not a quarter later.
 */
export const dailyLook = "30 12 * * *";
