// A large event as content files: several days, many rooms, sessions of unequal length, repeats, plenaries.

const ROOMS = ['Great hall', ...Array.from({ length: 40 }, (_, number) => `Room ${number + 1}`)];
const AUDIENCES = ['Network managers', 'Radiologists', 'Radiographers', 'IT leads', 'Trust executives', 'Workforce leads'];
const THEMES = ['Workforce', 'Governance', 'Reporting', 'Training', 'Data'];
const TOPICS = ['Home reporting', 'One worklist', 'Image sharing', 'Staff banks', 'Stroke pathways', 'Joint buying', 'Academies', 'Vacancies and rotas', 'Turnaround times', 'Board papers'];
// Minutes of the sessions in a room before and after lunch; a quarter of an hour lies between them.
const LENGTHS = [[30, 45, 45], [90, 45], [30, 30, 30, 15], [150], [60, 30, 30], [30, 45, 15, 15]];

const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const head = (title) => `title: ${title}
summary: A session of an event that was made up to fill a programme.
status: published
owner: sharing@test.example
last_reviewed: 2026-11-01
review_by: 2027-11-01
`;

/** Path and text of each file. `first` is the first day; `more` are further lines of the event. */
export function largeEvent({ days = 3, rooms = 12, sessions = 200, first = '2027-06-08', more = '' } = {}) {
  const dates = Array.from({ length: days }, (_, day) => new Date(Date.parse(first) + day * 86400000).toISOString().slice(0, 10));
  const plan = [];
  for (const [day, date] of dates.entries()) {
    plan.push({ date, from: 540, to: 585, room: ROOMS[0], title: `Opening of day ${day + 1}`, everyone: true });
    plan.push({ date, from: 975, to: 1005, room: ROOMS[0], title: `Close of day ${day + 1}`, everyone: true });
  }
  for (const half of [600, 795]) {
    for (let room = 0; room < rooms; room += 1) {
      for (const [day, date] of dates.entries()) {
        let from = half;
        for (const length of LENGTHS[(room + day + half / 15) % LENGTHS.length]) {
          const number = plan.length;
          plan.push({ date, from, to: from + length, room: ROOMS[room], title: `${TOPICS[number % TOPICS.length]} ${number}`, number });
          from += length + 15;
        }
      }
    }
  }
  plan.length = Math.min(plan.length, sessions);
  const name = (index) => `session-${String(index).padStart(3, '0')}`;
  const files = new Map();
  files.set('content/events/large.md', `---\n${head('Three days of sharing')}starts: ${dates[0]} 09:00\nends: ${dates.at(-1)} 16:45\ntimezone: Europe/London\nvenue: Example Hall, Leeds\n${more}---\n\n## About\n\nMany rooms.\n`);
  for (const [index, { date, from, to, room, title, number, everyone }] of plan.entries()) {
    const audiences = everyone ? ['Everyone'] : [AUDIENCES[number % 6], AUDIENCES[(number + 2) % 6]];
    const again = plan.findIndex((other, later) => number % 12 === 3 && later > index && !other.everyone && other.number % 12 === 7 && other.date === date && other.from >= to);
    const repeats = again < 0 ? '' : `repeats_as: ${name(again)}\n`;
    files.set(`content/sessions/${name(index)}.md`, `---\n${head(title)}event: large\nstart: ${date} ${clock(from)}\nend: ${date} ${clock(to)}\nroom: ${room}\nspeakers: []\naudiences: [${audiences.join(', ')}]\nthemes: [${THEMES[index % 5]}]\n${repeats}---\n\n## About\n\nWhat is said.\n`);
  }
  return files;
}
