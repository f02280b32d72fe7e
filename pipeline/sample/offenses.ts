/** COMPSTAT's categories of Part I crime, and all the rest. */
export type Category =
  | "homicide"
  | "rape"
  | "robbery"
  | "aggravated_assault"
  | "burglary"
  | "vehicle_theft"
  | "btfv"
  | "personal_theft"
  | "other_theft"
  | "part2";

export interface Offense {
  readonly code: number;
  /** As the portal prints it. */
  readonly description: string;
  /** Reports of 2018 to 2022, in tens: how often it comes within its category. */
  readonly weight: number;
}

/** Which categories are violent: they happen at people, in other places and seasons than thefts. */
export const violent: ReadonlySet<Category> = new Set(["homicide", "rape", "robbery", "aggravated_assault"]);

/** Codes of the portal's "Crm Cd" that make up nearly all reports. */
export const offenses: Readonly<Record<Category, readonly Offense[]>> = {
  homicide: [{code: 110, weight: 166, description: "CRIMINAL HOMICIDE"}],
  rape: [
    {code: 121, weight: 486, description: "RAPE, FORCIBLE"},
    {code: 122, weight: 41, description: "RAPE, ATTEMPTED"},
    {code: 815, weight: 175, description: "SEXUAL PENETRATION W/FOREIGN OBJECT"},
    {code: 820, weight: 95, description: "ORAL COPULATION"},
    {code: 821, weight: 72, description: "SODOMY/SEXUAL CONTACT B/W PENIS OF ONE PERS TO ANUS OTH"}
  ],
  robbery: [
    {code: 210, weight: 3960, description: "ROBBERY"},
    {code: 220, weight: 600, description: "ATTEMPTED ROBBERY"}
  ],
  aggravated_assault: [
    {code: 230, weight: 5872, description: "ASSAULT WITH DEADLY WEAPON, AGGRAVATED ASSAULT"},
    {code: 231, weight: 113, description: "ASSAULT WITH DEADLY WEAPON ON POLICE OFFICER"},
    {code: 235, weight: 74, description: "CHILD ABUSE (PHYSICAL) - AGGRAVATED ASSAULT"},
    {code: 236, weight: 1466, description: "INTIMATE PARTNER - AGGRAVATED ASSAULT"},
    {code: 251, weight: 168, description: "SHOTS FIRED AT INHABITED DWELLING"},
    {code: 761, weight: 1569, description: "BRANDISH WEAPON"}
  ],
  burglary: [
    {code: 310, weight: 6659, description: "BURGLARY"},
    {code: 320, weight: 483, description: "BURGLARY, ATTEMPTED"}
  ],
  vehicle_theft: [
    {code: 510, weight: 10154, description: "VEHICLE - STOLEN"},
    {code: 520, weight: 251, description: "VEHICLE - ATTEMPT STOLEN"},
    {code: 433, weight: 20, description: "DRIVING WITHOUT OWNER CONSENT (DWOC)"}
  ],
  btfv: [
    {code: 330, weight: 7517, description: "BURGLARY FROM VEHICLE"},
    {code: 331, weight: 3015, description: "THEFT FROM MOTOR VEHICLE - GRAND ($950.01 AND OVER)"},
    {code: 410, weight: 90, description: "BURGLARY FROM VEHICLE, ATTEMPTED"},
    {code: 420, weight: 4662, description: "THEFT FROM MOTOR VEHICLE - PETTY ($950 & UNDER)"},
    {code: 421, weight: 98, description: "THEFT FROM MOTOR VEHICLE - ATTEMPT"}
  ],
  personal_theft: [
    {code: 350, weight: 664, description: "THEFT, PERSON"},
    {code: 351, weight: 30, description: "PURSE SNATCHING"},
    {code: 352, weight: 159, description: "PICKPOCKET"}
  ],
  other_theft: [
    {code: 341, weight: 3577, description: "THEFT-GRAND ($950.01 & OVER)EXCPT,GUNS,FOWL,LIVESTK,PROD"},
    {code: 343, weight: 422, description: "SHOPLIFTING-GRAND THEFT ($950.01 & OVER)"},
    {code: 440, weight: 6421, description: "THEFT PLAIN - PETTY ($950 & UNDER)"},
    {code: 441, weight: 63, description: "THEFT PLAIN - ATTEMPT"},
    {code: 442, weight: 2334, description: "SHOPLIFTING - PETTY THEFT ($950 & UNDER)"},
    {code: 480, weight: 1090, description: "BIKE - STOLEN"}
  ],
  part2: [
    {code: 354, weight: 6172, description: "THEFT OF IDENTITY"},
    {code: 522, weight: 109, description: "VEHICLE, STOLEN - OTHER (MOTORIZED SCOOTERS, BIKES, ETC)"},
    {code: 623, weight: 306, description: "BATTERY POLICE (SIMPLE)"},
    {code: 624, weight: 8890, description: "BATTERY - SIMPLE ASSAULT"},
    {code: 625, weight: 508, description: "OTHER ASSAULT"},
    {code: 626, weight: 5733, description: "INTIMATE PARTNER - SIMPLE ASSAULT"},
    {code: 627, weight: 451, description: "CHILD ABUSE (PHYSICAL) - SIMPLE ASSAULT"},
    {code: 648, weight: 260, description: "ARSON"},
    {code: 649, weight: 530, description: "DOCUMENT FORGERY / STOLEN FELONY"},
    {code: 662, weight: 750, description: "BUNCO, GRAND THEFT"},
    {code: 664, weight: 342, description: "BUNCO, PETTY THEFT"},
    {code: 668, weight: 432, description: "EMBEZZLEMENT, GRAND THEFT ($950.01 & OVER)"},
    {code: 740, weight: 6558, description: "VANDALISM - FELONY ($400 & OVER, ALL CHURCH VANDALISMS)"},
    {code: 745, weight: 3443, description: "VANDALISM - MISDEAMEANOR ($399 OR UNDER)"},
    {code: 753, weight: 273, description: "DISCHARGE FIREARMS/SHOTS FIRED"},
    {code: 860, weight: 544, description: "BATTERY WITH SEXUAL CONTACT"},
    {code: 886, weight: 184, description: "DISTURBING THE PEACE"},
    {code: 888, weight: 1473, description: "TRESPASSING"},
    {code: 900, weight: 788, description: "VIOLATION OF COURT ORDER"},
    {code: 901, weight: 1329, description: "VIOLATION OF RESTRAINING ORDER"},
    {code: 930, weight: 2359, description: "CRIMINAL THREATS - NO WEAPON DISPLAYED"},
    {code: 946, weight: 824, description: "OTHER MISCELLANEOUS CRIME"},
    {code: 956, weight: 953, description: "LETTERS, LEWD  -  TELEPHONE CALLS, LEWD"}
  ]
};
