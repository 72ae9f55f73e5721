/**
 * Words that decide whether a full stop ends a sentence; in small letters, without the stop. A capital at their head
 * makes no difference (`Fig.`, `fig.`), other capitals do (`BV.` is no `bv.`).
 */

/** A name, a number or a list follows: never the end. */
export const neverFinal: ReadonlySet<string> = new Set(
  (
    'e.g eg i.e ie viz cf vs v approx ca resp dr mr mrs ms prof sr drs st mt messrs fig figs eq eqs eqn ref refs tab ' +
    'suppl supp sect ch chap vol ed eds var subsp ssp subg f.sp cv pv bv serovar forma nr art ' +
    'dept univ inst intl assoc proc natl acad sci biol med chem engl genet biochem pharmacol physiol immunol microbiol ' +
    'neurosci virol aff corr incl excl esp aka'
  ).split(' '),
);

/** The end unless a digit follows (`p. 5`, `no. 3`). */
export const beforeNumber: ReadonlySet<string> = new Set(
  'no nos p pp vol art n line nr ser part op tbl'.split(' '),
);

/** The end only before a word that commonly opens a sentence (`et al. The`, `spp. These`, `U.S. We`). */
export const seldomFinal: ReadonlySet<string> = new Set(
  'al spp sp nov gen comb etc inc ltd co corp jr u.s u.k u.s.a d.c ph.d m.d b.sc m.sc d.v.m st.dev anal calc calcd'.split(
    ' ',
  ),
);

/** Words that open sentences and are not names: after them even a doubtful stop is one. */
export const openers: ReadonlySet<string> = new Set(
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

/** Before a single capital these make it the initial of a name (`and A. Fauci`), where other words do not (`vitamin C.`). */
export const beforeInitials: ReadonlySet<string> = new Set(
  'and by to or with from of in for the see thank thanks via'.split(' '),
);

/** What is told apart by letters, so that a single capital after them is no initial. */
export const letteredThings: ReadonlySet<string> = new Set(
  (
    'hepatitis influenza vitamin type subtype group class grade stage phase factor complex protein kinase subunit ' +
    'figure fig panel table appendix box part chain domain antigen toxin haemophilia hemophilia'
  ).split(' '),
);
