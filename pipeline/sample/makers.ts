import {ballisticsLog} from "./cases/ballistics-log.ts";
import {caseFilings} from "./cases/case-filings.ts";
import {complaintLog} from "./cases/complaint-log.ts";
import {crisisCalls} from "./cases/crisis-calls.ts";
import {dispensaryRegister} from "./cases/dispensary-register.ts";
import {diversionEnrolments} from "./cases/diversion-enrolments.ts";
import {firearmIntake} from "./cases/firearm-intake.ts";
import {grydReferrals} from "./cases/gryd-referrals.ts";
import {gvroRegister} from "./cases/gvro-register.ts";
import {homelessOutreach} from "./cases/homeless-outreach.ts";
import {lafdIncidents} from "./cases/lafd-incidents.ts";
import {ombudsCases} from "./cases/ombuds-cases.ts";
import {prohibitedPersons} from "./cases/prohibited-persons.ts";
import {streetTakeovers} from "./cases/street-takeovers.ts";
import {therapeuticVans} from "./cases/therapeutic-vans.ts";
import {unarmedResponseCalls} from "./cases/unarmed-response-calls.ts";
import {useOfForce} from "./cases/use-of-force.ts";
import {crtCallouts} from "./crt-callouts.ts";
import {deliverableRegister} from "./deliverable-register.ts";
import {logKinds} from "./logs/log-kinds.ts";
import {planLog} from "./logs/plan-log.ts";
import {assetInventory} from "./people/asset-inventory.ts";
import {bwvAudit} from "./people/bwv-audit.ts";
import {candidatePipeline} from "./people/candidate-pipeline.ts";
import {lmsCompletions} from "./people/lms-completions.ts";
import {payroll} from "./people/payroll.ts";
import {personnelRoster} from "./people/personnel-roster.ts";
import {programEnrolment} from "./people/program-enrolment.ts";
import {volunteerRoster} from "./people/volunteer-roster.ts";
import {arrests} from "./portal/arrests.ts";
import {callsForService} from "./portal/calls-for-service.ts";
import {nibrsOffenses} from "./portal/nibrs-offenses.ts";
import {ripaStops} from "./portal/ripa-stops.ts";
import {programParticipation} from "./program-participation.ts";
import type {ExtractMaker} from "./world.ts";

/** Who makes the extracts of a source, by its name; crime and collisions come year by year, see yearly-extracts.ts. */
export const makers: Readonly<Record<string, ExtractMaker>> = {
  ...Object.fromEntries(Object.keys(logKinds).map((source) => [source, planLog(source)])),
  arrests,
  "asset-inventory": assetInventory,
  "ballistics-log": ballisticsLog,
  "bwv-audit": bwvAudit,
  "calls-for-service": callsForService,
  "candidate-pipeline": candidatePipeline,
  "case-filings": caseFilings,
  "complaint-log": complaintLog,
  "crisis-calls": crisisCalls,
  "crt-callouts": crtCallouts,
  "deliverable-register": deliverableRegister,
  "dispensary-register": dispensaryRegister,
  "diversion-enrolments": diversionEnrolments,
  "firearm-intake": firearmIntake,
  "gryd-referrals": grydReferrals,
  "gvro-register": gvroRegister,
  "homeless-outreach": homelessOutreach,
  "lafd-incidents": lafdIncidents,
  "lms-completions": lmsCompletions,
  "nibrs-offenses": nibrsOffenses,
  "ombuds-cases": ombudsCases,
  payroll,
  "personnel-roster": personnelRoster,
  "program-enrolment": programEnrolment,
  "program-participation": programParticipation,
  "prohibited-persons": prohibitedPersons,
  "ripa-stops": ripaStops,
  "street-takeovers": streetTakeovers,
  "therapeutic-vans": therapeuticVans,
  "unarmed-response-calls": unarmedResponseCalls,
  "use-of-force": useOfForce,
  "volunteer-roster": volunteerRoster
};
