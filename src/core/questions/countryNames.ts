/** Names of countries and of parts of countries that questions count as such, as patterns; longer names come first. */
const severalWords: readonly string[] = [
  'Antigua and Barbuda',
  'Bosnia(?: and Herzegovina)?',
  'Burkina Faso',
  'Cape Verde',
  'Central African Republic',
  'Costa Rica',
  'Czech Republic',
  'Dominican Republic',
  'East Timor',
  'El Salvador',
  'Great Britain',
  'Hong Kong',
  'Ivory Coast',
  "Côte d['’]Ivoire",
  'Marshall Islands',
  'New Zealand',
  'North Macedonia',
  'Macedonia',
  'Papua New Guinea',
  'Puerto Rico',
  'Saint Lucia',
  'San Marino',
  'Saudi Arabia',
  'Sierra Leone',
  'Solomon Islands',
  'South Africa',
  '(?:South|North)? ?Korea',
  'South Sudan',
  'Sri Lanka',
  'The Gambia',
  'Trinidad(?: and Tobago)?',
  'United Arab Emirates',
  'United Kingdom',
  'United States(?: of America)?',
  'U\\.?K\\.?',
  'U\\.?S\\.?(?:A\\.?)?',
  'Vatican',
  'Viet Nam',
  'UAE',
];

const oneWord =
  'Afghanistan Albania Algeria Andorra Angola Argentina Armenia Australia Austria Azerbaijan Bahamas ' +
  'Bahrain Bangladesh Barbados Belarus Belgium Belize Benin Bhutan Bolivia Botswana Brazil Brunei Bulgaria ' +
  'Burundi Cambodia Cameroon Canada Chad Chile China Colombia Comoros Congo Croatia Cuba Cyprus Czechia ' +
  'Denmark Djibouti Dominica Ecuador Egypt England Eritrea Estonia Eswatini Ethiopia Fiji Finland France ' +
  'Gabon Gambia Georgia Germany Ghana Greece Greenland Grenada Guatemala Guinea Guyana Haiti Honduras ' +
  'Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan Kazakhstan Kenya ' +
  'Kiribati Kosovo Kuwait Kyrgyzstan Laos Latvia Lebanon Lesotho Liberia Libya Liechtenstein Lithuania ' +
  'Luxembourg Macau Madagascar Malawi Malaysia Maldives Mali Malta Mauritania Mauritius Mexico Micronesia ' +
  'Moldova Monaco Mongolia Montenegro Morocco Mozambique Myanmar Namibia Nauru Nepal Netherlands Nicaragua ' +
  'Niger Nigeria Norway Oman Pakistan Palau Palestine Panama Paraguay Peru Philippines Poland Portugal ' +
  'Qatar Romania Russia Rwanda Samoa Scotland Senegal Serbia Seychelles Singapore Slovakia Slovenia Somalia ' +
  'Spain Sudan Suriname Sweden Switzerland Syria Taiwan Tajikistan Tanzania Thailand Togo Tonga Tunisia ' +
  'Turkey Türkiye Turkmenistan Tuvalu Uganda Ukraine Uruguay Uzbekistan Vanuatu Venezuela Vietnam Wales ' +
  'Yemen Zambia Zimbabwe';

export const countryNames: readonly string[] = [...severalWords, ...oneWord.split(' ')];
