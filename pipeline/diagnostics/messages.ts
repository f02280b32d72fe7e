import {type AttainmentParameters, attainmentTexts} from "./attainment-messages.ts";
import {type BundleParameters, bundleTexts} from "./bundle-messages.ts";
import {type CliParameters, cliTexts} from "./cli-messages.ts";
import {type ConfigParameters, configTexts} from "./config-messages.ts";
import {type DeliveryParameters, deliveryTexts} from "./delivery-messages.ts";
import type {Diagnostic, Place, Severity, Texts} from "./diagnostic.ts";
import {type ExtractParameters, extractTexts} from "./extract-messages.ts";
import {type FileParameters, fileTexts} from "./file-messages.ts";
import {type LedgerParameters, ledgerTexts} from "./ledger-messages.ts";
import {type ReportParameters, reportTexts} from "./report-messages.ts";
import {type ScheduleParameters, scheduleTexts} from "./schedule-messages.ts";
import {type TargetParameters, targetTexts} from "./target-messages.ts";

/** Every code of the program with what its text needs. */
export interface Parameters
  extends AttainmentParameters,
    BundleParameters,
    CliParameters,
    ConfigParameters,
    DeliveryParameters,
    ExtractParameters,
    FileParameters,
    LedgerParameters,
    ReportParameters,
    ScheduleParameters,
    TargetParameters {}

const texts: Texts<Parameters> = {
  ...attainmentTexts,
  ...bundleTexts,
  ...cliTexts,
  ...configTexts,
  ...deliveryTexts,
  ...extractTexts,
  ...fileTexts,
  ...ledgerTexts,
  ...reportTexts,
  ...scheduleTexts,
  ...targetTexts
};

/** All codes, for the documentation and its test. */
export const codes = Object.keys(texts).sort() as (keyof Parameters)[];

/**
 * @param code Names the fault.
 * @param place Where the user finds it; null when it is nowhere in a file.
 * @param parameters What the text of this code is made of.
 */
export function complain<Code extends keyof Parameters>(
  code: Code,
  place: Place | null,
  parameters: Parameters[Code],
  severity: Severity = "error"
): Diagnostic {
  return {code, severity, place, ...texts[code](parameters)};
}
