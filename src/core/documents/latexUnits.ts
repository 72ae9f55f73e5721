import { table } from './symbols';

/** Units and prefixes of the package siunitx. */
const units = table(`
  yocto=y zepto=z atto=a femto=f pico=p nano=n micro=μ milli=m centi=c deci=d deca=da hecto=h kilo=k mega=M giga=G tera=T
  gram=g gramme=g metre=m meter=m second=s mole=mol molar=M litre=L liter=L percent=% degreeCelsius=°C celsius=°C degree=°
  kelvin=K hour=h minute=min day=d dalton=Da atomicmassunit=u becquerel=Bq gray=Gy sievert=Sv hertz=Hz joule=J watt=W
  pascal=Pa newton=N volt=V ampere=A ohm=Ω coulomb=C farad=F tesla=T candela=cd lumen=lm electronvolt=eV katal=kat
  bar=bar mmHg=mmHg tonne=t hectare=ha kilogram=kg per=/ squared=² cubed=³ square= cubic= of= angstrom=Å
  kg=kg g=g mg=mg ug=μg ng=ng pg=pg fg=fg mol=mol mmol=mmol umol=μmol nmol=nmol pmol=pmol l=l L=L ml=ml mL=mL ul=μl uL=μL
  m=m cm=cm mm=mm um=μm nm=nm s=s ms=ms us=μs ns=ns kHz=kHz MHz=MHz GHz=GHz Hz=Hz kPa=kPa Pa=Pa kDa=kDa Da=Da K=K V=V mV=mV
  A=A mA=mA W=W mW=mW J=J kJ=kJ N=N
`);

/** The printed form of a unit: `\milli\gram\per\litre` and `mg/L` give `mg/L`. */
export function printedUnit(source: string): string {
  return source
    .replace(
      /\\([a-zA-Z]+)\s*|([.~])|[{}$\\]/g,
      (_, name: string | undefined, product: string | undefined) =>
        name === undefined ? (product === undefined ? '' : ' ') : (units.get(name) ?? name),
    )
    .replace(/\s+/g, ' ')
    .trim();
}
