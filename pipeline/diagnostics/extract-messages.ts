import type {Texts} from "./diagnostic.ts";

export type ExtractParameters = {};

export const extractTexts: Texts<ExtractParameters> = {};
