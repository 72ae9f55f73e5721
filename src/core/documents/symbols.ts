/** TeX names of characters, in math and text mode. */

/** A map from pairs `name=value` with white space between them. */
export const table = (lines: string): ReadonlyMap<string, string> =>
  new Map(
    lines
      .trim()
      .split(/\s+/)
      .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );

/** Greek letters. `\text` before the name (`\textbeta`) gives the same letter in text mode. */
export const greek = table(`
  alpha=α beta=β gamma=γ delta=δ epsilon=ε varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ varkappa=ϰ
  lambda=λ mu=μ nu=ν xi=ξ omicron=ο pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς tau=τ upsilon=υ phi=φ varphi=φ
  chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω
  upalpha=α upbeta=β upgamma=γ updelta=δ upepsilon=ε upkappa=κ uplambda=λ upmu=μ uptau=τ upomega=ω upzeta=ζ
`);

/** Mathematical signs that may be part of a sentence. */
export const signs = table(`
  times=× pm=± mp=∓ leq=≤ le=≤ leqslant=≤ geq=≥ ge=≥ geqslant=≥ approx=≈ simeq=≃ cong=≅ sim=~ cdot=· to=→
  rightarrow=→ longrightarrow=→ leftarrow=← leftrightarrow=↔ Rightarrow=⇒ uparrow=↑ downarrow=↓ circ=° degree=°
  prime=′ neq=≠ ne=≠ ll=≪ gg=≫ infty=∞ ast=* star=* bullet=• lt=< gt=> AA=Å ell=ℓ div=÷ equiv=≡ dagger=† ddagger=‡
  dag=† ddag=‡ colon=: slash=/ backslash=\\ percent=%
`);

/** Letters and signs in text mode. */
export const textSymbols = table(`
  ss=ß ae=æ AE=Æ oe=œ OE=Œ o=ø O=Ø l=ł L=Ł aa=å AA=Å i=ı j=ȷ dh=ð DH=Ð th=þ TH=Þ S=§ P=¶ dag=† ddag=‡ copyright=©
  pounds=£ euro=€ texteuro=€ textregistered=® texttrademark=™ ldots=... dots=... textellipsis=... LaTeX=LaTeX TeX=TeX
  BibTeX=BibTeX textdegree=° degree=° textmu=μ micro=μ textgreater=> textless=< textpm=± texttimes=× textminus=−
  textendash=– textemdash=— textquoteright=' textquoteleft=' textquotesingle=' textquotedblleft=" textquotedblright="
  textunderscore=_ textbackslash=\\ textasciitilde=~ textasciicircum=^ textbar=| textbullet=• textperiodcentered=·
  textdagger=† textrightarrow=→ textasteriskcentered=* textbraceleft={ textbraceright=} textasciigrave=\` celsius=°C textcelsius=°C textohm=Ω
`);

/** The combining character of each accent command: `\"o` is ö. */
export const accents: ReadonlyMap<string, string> = new Map([
  ['"', '\u0308'],
  ["'", '\u0301'],
  ['`', '\u0300'],
  ['^', '\u0302'],
  ['~', '\u0303'],
  ['=', '\u0304'],
  ['.', '\u0307'],
  ['u', '\u0306'],
  ['v', '\u030C'],
  ['H', '\u030B'],
  ['c', '\u0327'],
  ['d', '\u0323'],
  ['b', '\u0331'],
  ['r', '\u030A'],
  ['k', '\u0328'],
]);
