import type {Texts} from "./diagnostic.ts";

export type ConfigParameters = {};

export const configTexts: Texts<ConfigParameters> = {};
