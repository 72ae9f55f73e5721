import type { DocumentFormat } from '../../src/core/types';

/** A file with one record in each format of exports: Zinc 2021, Niacin in gout. */
export const recordFiles: Readonly<Partial<Record<DocumentFormat, string>>> = {
  ris: 'TY  - JOUR\nAU  - Zinc, Anna\nAU  - Gold, Ben\nPY  - 2021/05/03\nTI  - Niacin in gout\nJO  - Lead Letters\nVL  - 12\nIS  - 4\nSP  - 101\nEP  - 109\nDO  - https://doi.org/10.1000/ZINC.1\nAB  - Niacin raises uric acid.\nER  - \n',
  medline:
    'PMID- 33000001\nVI  - 12\nIP  - 4\nDP  - 2021 May 3\nTI  - Niacin in gout\nPG  - 101-109\nLID - 10.1000/zinc.1 [doi]\nAB  - Niacin raises\n      uric acid.\nFAU - Zinc, Anna\nAU  - Zinc A\nFAU - Gold, Ben\nAU  - Gold B\nJT  - Lead Letters\nPMC - PMC1234567\n',
  wos: 'PT J\nAU Zinc, Anna\n   Gold, Ben\nTI Niacin in\n   gout\nSO Lead Letters\nAB Niacin raises uric acid.\nPY 2021\nVL 12\nIS 4\nBP 101\nEP 109\nDI 10.1000/zinc.1\nUT WOS:1\nER\n',
  endnote:
    '%0 Journal Article\n%A Zinc, Anna\n%A Gold, Ben\n%D 2021\n%T Niacin in gout\n%J Lead Letters\n%V 12\n%N 4\n%P 101-109\n%R 10.1000/zinc.1\n%X Niacin raises uric acid.\n',
  table:
    'Authors,Title,Year,Source title,Volume,Issue,Page start,Page end,DOI,Abstract\n"Zinc, Anna; Gold, Ben",Niacin in gout,2021,Lead Letters,12,4,101,109,10.1000/zinc.1,Niacin raises uric acid.\n',
  bibtex:
    '@string{ll = "Lead Letters"}\n@article{zinc2021,\n author = {Zinc, Anna and Gold, Ben},\n title = {{N}iacin in gout},\n year = 2021,\n journal = ll,\n volume = {12},\n number = {4},\n pages = {101-109},\n doi = {10.1000/zinc.1},\n abstract = {Niacin raises uric acid.}\n}\n',
  'csl-json':
    '[{"id": "z", "title": "Niacin in gout", "author": [{"family": "Zinc", "given": "Anna"}, {"family": "Gold", "given": "Ben"}], "issued": {"date-parts": [[2021, 5]]}, "container-title": "Lead Letters", "volume": "12", "issue": "4", "page": "101-109", "DOI": "10.1000/zinc.1", "abstract": "Niacin raises uric acid."}]',
  'xml-records':
    '<xml><records><record><contributors><authors><author>Zinc, Anna</author><author><style face="normal">Gold, Ben</style></author></authors></contributors><titles><title>Niacin in gout</title><secondary-title>Lead Letters</secondary-title></titles><pages>101-109</pages><volume>12</volume><number>4</number><dates><year>2021</year></dates><electronic-resource-num>10.1000/zinc.1</electronic-resource-num><abstract>Niacin raises uric acid.</abstract></record></records></xml>',
  jats: '<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>33000001</PMID><Article><Journal><JournalIssue><Volume>12</Volume><Issue>4</Issue><PubDate><Year>2021</Year></PubDate></JournalIssue><Title>Lead Letters</Title></Journal><ArticleTitle>Niacin in gout</ArticleTitle><Pagination><MedlinePgn>101-109</MedlinePgn></Pagination><Abstract><AbstractText>Niacin raises uric acid.</AbstractText></Abstract><AuthorList><Author><LastName>Zinc</LastName><ForeName>Anna</ForeName><Initials>A</Initials></Author><Author><LastName>Gold</LastName><ForeName>Ben</ForeName></Author></AuthorList></Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/zinc.1</ArticleId></ArticleIdList><ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1/other</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle></PubmedArticleSet>',
};
