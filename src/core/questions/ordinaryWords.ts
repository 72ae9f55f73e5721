import { isStopWord } from './terms';

/**
 * Ordinary words that are also names of genes, diseases or chemicals (`rest`, `impact`, `lead`). They would find
 * passages about other things.
 */
const words = new Set(
  (
    'able about above access account acid across act action active activity actor adult after again age agent aid air ' +
    'all alpha also alone amount ampere animal any apex april arch arm art ask asset atom author back bad bag ball band ' +
    'bank bar barrier base basic bay beam bear beat bed best beta better big bike bill bird bite black blind block blood ' +
    'blue board body bone book both bottle box boy brain branch break bridge bright bring bulk burn call camp can cap car ' +
    'card care carrier case cat cause cell center centre chain change chart chat check chip choice circle class clear ' +
    'clip clock close coat code coil cold color colour come common complex condition control cool core corn count cover ' +
    'crack cream crisp cross crystal cue cup cure cut cycle dad damage dark data date day dead deal death deep defect ' +
    'delta design desk die diet disease disorder dog dome dose down drag dream drop drug dry due dull dust each ear early ' +
    'earth east eat edge effect egg eight else end enter entry equal ever every eve exit eye face factor fail fall family ' +
    'far fast fat father fear feel female few field fig figure file film find fine fire first fish fit five fix flag flap ' +
    'flat flow fly focus fold food foot force form four frame free fresh front full fun fuse gain gap gas gate gene get ' +
    'girl give glass glue goal god gold good grade grass great green grip group grow growth guard gun half hand happy ' +
    'hard hat head heal hear heart heat height help her here hero high him hint hip his hit hold hole home hook hope hot ' +
    'hour house how human ice idea image impact inch index infant injury ink inner insect island item job join joint jump ' +
    'just keep key kid kidney killer kind king kit knee knot know label lack ladder lake lamp land large laser last late ' +
    'law lay lead leaf lean learn leave left leg lens less let level lid life lift light like limb lime limit line link ' +
    'lip list little live liver load lock log long look loop lose loss lost lot love low lower lump lung mac mad main make ' +
    'male man map march mark marker mask mass mast master mat match mate matter may mean mechanism medium memory men mesh ' +
    'metal mice mid milk mind mine mint miss mist mix mob model moment month moon more most mother motor mouse mouth move ' +
    'much mud muscle name narrow near neck need nerve nest net never new next night nine node noise none north nose not ' +
    'note novel now nurse nut off oil old omega once one only onset open oral orange order organ other our out oval over ' +
    'own pack pad page pain paint pair palm pan panel paper par part party pass past patch path patient pay peak pen per ' +
    'period pet phase pick piece pig pin pine pink pipe pit place plan plant plate play plus point pole pool poor port ' +
    'pot power present press prime protein pull pulse pump pure push put quick rack rain range rank rap rapid rare rat ' +
    'rate raw ray reaction red reel region relax repair rest rib rice rich ride right ring rise risk river road rock role ' +
    'roof room root rope rose round row rule run rush sad safe salt same sand save scale scan scar school sea seal second ' +
    'see seed self sense series set seven severe sex shape share sharp she shell shift ship shock short show shrink sick ' +
    'side sight sign signal silver simple single site six size skin sleep slim slip slit slow small smart smoke snail snap ' +
    'soap soft soil sole solo son song sonic soul sound source south space span spare spark spin spot spray spread spring ' +
    'square stage stand star start state steel stem step stick stone stop storm strain strand stream stress strike string ' +
    'strip strong student study sugar suit sum summer sun super support surface swap sweet swell switch symptom syndrome ' +
    'system table tag tail take talk tall tan tank tape target task tea team tear teen tell ten term test text thin think ' +
    'third three tide tie tight time tin tip tissue toe ton tone tongue too tool tooth top total touch tough tower toy ' +
    'trace track train trap tray treat tree trial trim trip true tube tumor tumour turn twin twist two type under unit ' +
    'upon upper vein vessel vial view virus vision voice wait walk wall wander war warm wash waste watch water wave way ' +
    'weak wear web week weight well west wet white whole wide wild will win wind wing winter wire wish woman women wood ' +
    'word work world worm wound wrap wrist year yellow yes yet you young zero zone'
  ).split(' '),
);

/** @param word In lower case. */
export function isOrdinaryWord(word: string): boolean {
  return words.has(word) || isStopWord(word);
}
