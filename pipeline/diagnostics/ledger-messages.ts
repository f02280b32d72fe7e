import type {Texts} from "./diagnostic.ts";

export type LedgerParameters = {};

export const ledgerTexts: Texts<LedgerParameters> = {};
