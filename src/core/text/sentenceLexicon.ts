/**
 * Words that decide whether a full stop ends a sentence, in lower case and without the stop. A capital at the
 * beginning makes no difference (`Fig.`, `fig.`), other capitals do (`BV.` is not `bv.`).
 */

/** The stop never ends the sentence, because a name, a number or a list follows. */
export const neverFinal: ReadonlySet<string> = new Set(
  (
    'e.g eg i.e ie viz cf vs v approx ca resp dr mr mrs ms prof sr drs st mt messrs fig figs eq eqs eqn ref refs tab ' +
    'suppl supp sect ch chap vol ed eds var subsp ssp subg f.sp cv pv bv serovar forma nr art ' +
    'dept univ inst intl assoc proc natl acad sci biol med chem engl genet biochem pharmacol physiol immunol microbiol ' +
    'neurosci virol aff corr incl excl esp aka'
  ).split(' '),
);

/** The stop ends the sentence unless a digit follows (`p. 5`, `no. 3`). */
export const beforeNumber: ReadonlySet<string> = new Set(
  'no nos p pp vol art n line nr ser part op tbl'.split(' '),
);

/** The stop ends the sentence only before a word that commonly begins one (`et al. The`, `spp. These`, `U.S. We`). */
export const seldomFinal: ReadonlySet<string> = new Set(
  'al spp sp nov gen comb etc inc ltd co corp jr u.s u.k u.s.a d.c ph.d m.d b.sc m.sc d.v.m st.dev anal calc calcd'.split(
    ' ',
  ),
);

/** Words that begin sentences and are not names: before them even a doubtful stop ends the sentence. */
export const sentenceOpeners: ReadonlySet<string> = new Set(
  (
    'a according accordingly additional additionally after all although among an and another any as at based because ' +
    'before besides between both but by compared consequently considering data despite due during each either ' +
    'eight eighteen eleven even every evidence expression few fifteen fifty finally first five following for forty ' +
    'four fourteen from further furthermore given hence here herein high how however i if importantly in increased ' +
    'indeed initially instead interestingly it its later like many mean moreover most mutations neither ' +
    'nevertheless nine no none nonetheless not notably now of on once one only our out over overall patients ' +
    'previous previously recent recently results second secondly separate seven several similar similarly since six ' +
    'sixteen some specifically studies subsequent subsequently such surprisingly ten than that the their then there ' +
    'thereafter therefore these they third thirty this those three through thus to together total treatment twelve ' +
    'twenty two under unlike until upon using was we were what when whereas where whether which while who with ' +
    'within without yet'
  ).split(' '),
);

/**
 * Words after which a single capital is the initial of a name (`and A. Fauci`). After other words it is not (`vitamin
 * C.`).
 */
export const beforeInitials: ReadonlySet<string> = new Set(
  'and by to or with from of in for the see thank thanks via'.split(' '),
);

/** Words for things that are distinguished by letters, so that a single capital after them is not an initial. */
export const letteredNouns: ReadonlySet<string> = new Set(
  (
    'hepatitis influenza vitamin type subtype group class grade stage phase factor complex protein kinase subunit ' +
    'figure fig panel table appendix box part chain domain antigen toxin haemophilia hemophilia'
  ).split(' '),
);
