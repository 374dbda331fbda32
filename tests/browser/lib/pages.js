// Which pages are looked at: in the fixture one of every kind and of every sort of list, in the real site those with
// the most on them.

export const FIXTURE = [
  '/', '/404.html', '/accessibility/', '/old/worklist/?still',
  '/case-studies/', '/lessons/', '/lessons/page/2/', '/themes/', '/themes/leadership/', '/themes/leadership/page/2/',
  '/tags/llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch/',
  '/case-studies/worklist/', '/case-studies/context/', '/case-studies/draft/', '/case-studies/embargoed/',
  '/case-studies/rhestr-waith/', '/networks/example/', '/networks/second/', '/pathways/uniform/', '/pathways/uniform/compare/', '/pathways/sketch/',
  '/benchmarks/reports/', '/benchmarks/one/', '/benchmarks/hidden/', '/events/sharing/', '/events/sharing/doors/', '/sessions/reporting/', '/sessions/passports/', '/speakers/',
  '/terms-of-reference/board/', '/terms-of-reference/brief/', '/lessons/patience/', '/standards/in-301/', '/standards/matrix/', '/networks/help/',
  '/assessments/example-2026/', '/plain/', '/arabic/', '/hostile/', '/glossary/',
];

export const REAL = [
  '/', '/case-studies/', '/themes/workforce/',
  '/case-studies/devon-home-reporting/', '/case-studies/cumbria-and-north-east-passport/',
  '/case-studies/example-network-shared-worklist/', '/networks/devon/', '/networks/cheshire-and-merseyside/', '/networks/map/', '/pathways/stroke-agreed-2018/', '/pathways/stroke-agreed-2018/compare/',
  '/benchmarks/example-reports-within-a-week/', '/events/sharing-event-2018/', '/events/sharing-event-2018/doors/', '/events/engagement-days-2018/',
  '/terms-of-reference/network-board/', '/lessons/board-questions-on-technology/',
  '/contribute/',
];

/** The kinds, by a page of the fixture that has all their fields. */
export const KINDS = {
  'case-study': '/case-studies/worklist/',
  network: '/networks/example/',
  pathway: '/pathways/uniform/',
  benchmark: '/benchmarks/reports/',
  event: '/events/sharing/',
  session: '/sessions/reporting/',
  'terms-of-reference': '/terms-of-reference/board/',
  lesson: '/lessons/patience/',
  standard: '/standards/in-301/',
  assessment: '/assessments/example-2026/',
};

export const isRedirect = (address) => address.includes('?still');
