import type {Texts} from "./diagnostic.ts";

export type ReportParameters = {};

export const reportTexts: Texts<ReportParameters> = {};
