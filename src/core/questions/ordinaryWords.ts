import { isStopWord } from './terms';

/**
 * Ordinary words that are also names of genes, diseases or chemicals (`impact`, `mixture`, `satellite`). They would find
 * passages about other things.
 */
const words = new Set(
  (
    'abstract acceptor ace achieve acid act add adjuvant affirm age agent agonist aid aim all antisocial apex ' +
    'approximated aqueous arc arm arrowhead atom atypical aura aurora back bad balance ball balloon bank bar bark ' +
    'base basic beam bed belt bend best big bite blind blocker blood body bone bottleneck boy brain brother bull ' +
    'camp can cap capability car card cardinal case cause cell change chocolate choice class close cluster cocktail ' +
    'cofactor cold comatose complex compound condition confused conserve contact contrasted control conundrum ' +
    'convoluted corn cost counter cover crack cryptic cut cycling damage data day dead death defective define ' +
    'deformed den denuded depot detached diamond dip disabled disease dish disorder dissatisfaction distance dog ' +
    'donor dose dot droplet dropout drug effect electron enabled end epitope epoch equal expanded expansion eye face ' +
    'factor fall fast fat fed feed few field fine fire fit five flap flat flightless focus food foraging forkhead ' +
    'forum four free frontier fuel full fur gasoline gene genesis get girl give glue go good group hairless halfway ' +
    'hand hangover head heart help high hit hive home homeless hot hyperkinetic ice impact inactive indefinite ' +
    'inflated inhibitor injury ins insensitive jaundiced just justice key killer kin kindred kit knockdown knockout ' +
    'label lack lamb large laser last late lead lean left legend level lid life light line lip long longevity loss ' +
    'love low lozenge man map mark mass may mean mediator men message metal method metric midline mild miniature ' +
    'minor mitochondrial mix mixture mobile model mole molecule mono more mother much multiple mustard mystery name ' +
    'net new nine non normal not number old olfactory oncology one onset order other out overflow oxidant pace pad ' +
    'pain painless pan paper part particle paste patient peg per period phantom photon pilot pin plan plant pointed ' +
    'polymer poor premise present prism probe protein punch punctate rad rale ramp range rapid rare rate reactant ' +
    'reagent receptor reduced regeneration region regular relapse relaxed remnant repressor rest result retained ' +
    'right risk roadblock robotic role rotation rudimentary runaway salt same satellite scar scattered scrambled ' +
    'scratch sector see seed select self senior sentinel separated set seven sex she shifted shocked short shotgun ' +
    'shutoff side sign similar single site six size slice slow small snap snapshot solitary soma spatial spliced ' +
    'spotting squeeze stage stain star startle state step sterile sting stop strain stranded stratum stretch ' +
    'striated striped strong study success sulfated support swallow symptom syndrome system tactile tag tail tall ' +
    'tapered target ten terminus test three time tissue today toddler top tracer tracker transparent transporter ' +
    'treat tri trial trigger triplet truncate tube tumor twitch two type underdeveloped unpaired ups use versatile ' +
    'viability view voltage was washout water wave way weak well white wild will woman women word work wound year ' +
    'young zero zona zonal'
  ).split(' '),
);

/** @param word In lower case. */
export function isOrdinaryWord(word: string): boolean {
  return words.has(word) || isStopWord(word);
}
