// The names of England's children's services authorities as of 2024 (Office for National Statistics'
// register of county, unitary, metropolitan and London authorities), with those that were merged or
// split since 2012, and what people write for them. Facts only; place.ts reads questions with them.

/** Short names, in lower case. */
export const AUTHORITIES: readonly string[] = `
barking and dagenham|barnet|barnsley|bath and north east somerset|bedford|bexley|birmingham
blackburn with darwen|blackpool|bolton|bournemouth|bournemouth, christchurch and poole|bracknell forest
bradford|brent|brighton and hove|bristol|bromley|buckinghamshire|bury|calderdale|cambridgeshire|camden
central bedfordshire|cheshire east|cheshire west and chester|city of london|cornwall|coventry|croydon
cumberland|cumbria|darlington|derby|derbyshire|devon|doncaster|dorset|dudley|durham|ealing
east riding of yorkshire|east sussex|enfield|essex|gateshead|gloucestershire|greenwich|hackney|halton
hammersmith and fulham|hampshire|haringey|harrow|hartlepool|havering|herefordshire|hertfordshire
hillingdon|hounslow|isle of wight|isles of scilly|islington|kensington and chelsea|kent
kingston upon hull|kingston upon thames|kirklees|knowsley|lambeth|lancashire|leeds|leicester
leicestershire|lewisham|lincolnshire|liverpool|luton|manchester|medway|merton|middlesbrough
milton keynes|newcastle upon tyne|newham|norfolk|north east lincolnshire|north lincolnshire
north northamptonshire|north somerset|north tyneside|north yorkshire|northamptonshire|northumberland
nottingham|nottinghamshire|oldham|oxfordshire|peterborough|plymouth|poole|portsmouth|reading|redbridge
redcar and cleveland|richmond upon thames|rochdale|rotherham|rutland|salford|sandwell|sefton|sheffield
shropshire|slough|solihull|somerset|south gloucestershire|south tyneside|southampton|southend-on-sea
southwark|st helens|staffordshire|stockport|stockton-on-tees|stoke-on-trent|suffolk|sunderland|surrey
sutton|swindon|tameside|telford and wrekin|thurrock|torbay|tower hamlets|trafford|wakefield|walsall
waltham forest|wandsworth|warrington|warwickshire|west berkshire|west northamptonshire|west sussex
westminster|westmorland and furness|wigan|wiltshire|windsor and maidenhead|wirral|wokingham
wolverhampton|worcestershire|york`
  .trim()
  .split(/[|\n]+/);

/** What people write for a name, or for a part of one ("south glos"), where no rule gives it. */
export const SHORT_FORMS: Readonly<Record<string, readonly string[]>> = {
  bedfordshire: ["beds"],
  berkshire: ["berks"],
  buckinghamshire: ["bucks"],
  cambridgeshire: ["cambs"],
  derbyshire: ["derbys"],
  gloucestershire: ["glos"],
  hampshire: ["hants"],
  hertfordshire: ["herts"],
  lancashire: ["lancs"],
  leicestershire: ["leics"],
  lincolnshire: ["lincs"],
  northamptonshire: ["northants"],
  nottinghamshire: ["notts"],
  oxfordshire: ["oxon"],
  shropshire: ["salop"],
  staffordshire: ["staffs"],
  warwickshire: ["warks"],
  wiltshire: ["wilts"],
  worcestershire: ["worcs"],
  yorkshire: ["yorks"],
  birmingham: ["brum"],
  middlesbrough: ["boro"],
  wolverhampton: ["wolves"],
  "barking and dagenham": ["lbbd"],
  "bath and north east somerset": ["b&nes", "banes"],
  "blackburn with darwen": ["bwd"],
  "bournemouth, christchurch and poole": ["bcp"],
  "cheshire west and chester": ["cwac", "cheshire west"],
  "east riding of yorkshire": ["east riding"],
  "hammersmith and fulham": ["h&f", "lbhf"],
  "isle of wight": ["iow", "the island"],
  "kensington and chelsea": ["rbkc", "k&c"],
  "kingston upon hull": ["hull"],
  "tower hamlets": ["lbth"],
  "waltham forest": ["lbwf"],
  "windsor and maidenhead": ["rbwm"],
};

/** Names that are ordinary words as well: only with a capital, or where a place must stand. */
export const ORDINARY: ReadonlySet<string> = new Set([
  "reading",
  "bath",
  "bury",
  "the island",
  "boro",
  "wolves",
]);
