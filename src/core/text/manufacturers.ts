/** The makers of drugs and devices, which stand beside their names: `imatinib (Gleevec; Novartis Pharmaceuticals, Basel)`. */
import type { Span } from '../types';
import { bracketsIn } from './brackets';

/**
 * Companies that make drugs, as a pattern with the flag `u`. Names with another sense are left out: GSK is also a kinase,
 * and UCB cord blood.
 */
export const companyName = String.raw`(?<![\p{L}\p{N}])(?:AbbVie|Abbott|Actelion|Allergan|Almirall|Alnylam|Amgen|Astellas|AstraZeneca|Aventis|Bayer|BeiGene|Biogen|BioNTech|Boehringer(?:[\s-]Ingelheim)?|Bristol[\s-]Myers(?:[\s-]Squibb)?|Celgene|Chugai|Ciba[\s-]Geigy|Daiichi[\s-]Sankyo|Eisai|Eli\sLilly(?:\sand\sCompany)?|Ferring|Genentech|Genzyme|Gilead(?:\sSciences)?|Glaxo\s?Smith\s?Kline|Grünenthal|Hoechst|Hoffmann?[\s-]La[\s-]Roche|Hospira|Ipsen|Janssen(?:[\s-]Cilag)?|Johnson\s(?:&|and)\sJohnson|Lundbeck|Menarini|Merck(?:\sSharp\s(?:&|and)\sDohme)?|Moderna|Mylan|Novartis|Novo\s?Nordisk|Organon|Otsuka|Pfizer|Pharmacia(?:\s(?:&|and)\sUpjohn)?|Ranbaxy|Regeneron|Roche|Sandoz|Sanofi(?:[\s-]Aventis)?|Schering(?:[\s-]Plough)?|Servier|Shionogi|Shire|Sigma[\s-]Aldrich|Takeda|Teva|Upjohn|Viatris|Wyeth)(?:\s(?:Pharmaceuticals?|Pharma|Laboratories|AG|Inc|Ltd|GmbH|Corp(?:oration)?|Co))*(?![\p{L}\p{N}])`;

const company = new RegExp(
  String.raw`${companyName}|\b(?:Pharmaceuticals?|Pharma|Laboratories|Labs|Biotech\w*|Therapeutics|Biosciences|Corporation|Corp|Incorporated|Inc|Ltd|Limited|GmbH|LLC)\b`,
  'u',
);

/** Whether a span is in the part of a bracket that names a maker and its address. */
export function isManufacturer(sentence: string, { start, end }: Span): boolean {
  const around = bracketsIn(sentence).find((each) => each.start < start && end < each.end);
  if (!around) return false;
  const from = Math.max(around.start, sentence.lastIndexOf(';', start - 1)) + 1;
  const next = sentence.indexOf(';', end);
  const to = next < 0 || next > around.end ? around.end - 1 : next;
  return company.test(sentence.slice(from, to));
}
