import type { ExtractionFailureCode } from '../../extractions/contract.ts';
import type { SourceFailure } from '../../extractions/media-source.ts';

export const sourceFailure = (
  code: ExtractionFailureCode,
  message: string,
  advice: string,
  last_words = '',
): SourceFailure => ({ ok: false, code, message, advice, last_words });

const withCookies =
  'If your browser plays it when you are signed in, an admin can hand yt-dlp its cookies.';
const later = 'Try again in a few minutes.';

export const isLive = (last_words = ''): SourceFailure =>
  sourceFailure(
    'live',
    'This is live, and has no end that could be waited for.',
    'Try again when it is over and has been published as a recording.',
    last_words,
  );

export const isTooLarge = (last_words = ''): SourceFailure =>
  sourceFailure(
    'too_large',
    'This is larger than Encore fetches.',
    'Choose something shorter, or ask the owner of the box for a higher limit.',
    last_words,
  );

type Meaning = (words: string) => SourceFailure;
type Rule = readonly [RegExp, Meaning];

const means =
  (code: ExtractionFailureCode, message: string, advice: string): Meaning =>
  (words) =>
    sourceFailure(code, message, advice, words);

/** In order: what a site says of one film before what it says of everything. */
const rules: readonly Rule[] = [
  [
    /No space left on device|Errno 28\]|Disk quota exceeded|Errno 122\]|Read-only file system/i,
    means(
      'disk_full',
      'There is no room left on the disk.',
      'Make room on the disk and try again.',
    ),
  ],
  [
    /larger than max-filesize|Errno 27\]|File too large|MemoryError|Cannot allocate memory/i,
    isTooLarge,
  ],
  [
    /confirm your age|age[- ]restricted|age verification|inappropriate for some users|age_limit/i,
    means(
      'age_restricted',
      'The site shows this only to grown-ups who are signed in.',
      withCookies,
    ),
  ],
  [
    /available (?:in|from) your (?:country|location|region)|geo[- ]?(?:restrict|block)|blocked it in your country|country of origin/i,
    means(
      'geo_blocked',
      'The site does not show this in your country.',
      'Look for the same on another site.',
    ),
  ],
  [
    /private (?:video|track|playlist|account|sound)|(?:video|track|playlist|account|post) is private|only available to (?:friends|followers)/i,
    means('private', 'This is private.', `Ask whoever published it to share it. ${withCookies}`),
  ],
  [
    /HTTP Error 429|Too Many Requests|rate[- ]?limit|IP address is blocked/i,
    means(
      'rate_limited',
      'The site has had too many questions from this box.',
      'Wait an hour and try again.',
    ),
  ],
  [
    /live event will begin|Premieres? (?:will begin|in )|is (?:currently )?(?:a )?live(?:stream)?\b|Live HLS streams are not supported|not currently live|does not pass filter \(!is_live/i,
    isLive,
  ],
  [
    /sign[- ]?in to confirm|sign in if|log[- ]?in (?:is )?(?:required|to)|login required|registered users|requires? (?:an? )?(?:account|login|authentication|subscription|payment)|members?[- ]only|Use --cookies|HTTP Error 401|account credentials|subscribers? only/i,
    means('sign_in_needed', 'The site wants you to sign in for this.', withCookies),
  ],
  [
    /HTTP Error (?:404|410)|Video unavailable|not found|has been (?:removed|deleted|terminated)|no longer (?:available|exists)|does(?:n't| not) exist|video is unavailable|removed by/i,
    means(
      'not_found',
      'There is nothing at this link any more.',
      'Open it in a browser: it may have been removed or moved.',
    ),
  ],
  [
    /DRM protected|known to use DRM/i,
    means(
      'unsupported_url',
      'This is protected against copying.',
      'Look for the same on another site.',
    ),
  ],
  [
    /Unsupported URL|is not a valid URL|no suitable (?:extractor|InfoExtractor)|used for piracy/i,
    means(
      'unsupported_url',
      'No sound or film is found at this link.',
      'Use the link of the page on which it plays, or of the file itself.',
    ),
  ],
  [
    /Requested format is not available|No audio|no video in|There(?:'s| is) no video/i,
    means('no_audio', 'There is no sound in this.', 'Choose another link.'),
  ],
  [
    /HTTP Error 403/i,
    means('sign_in_needed', 'The site does not hand this out to everybody.', withCookies),
  ],
  [
    /HTTP Error 5\d\d|timed? ?out|Connection (?:refused|reset|aborted)|Name or service not known|Unable to connect|RemoteDisconnected|IncompleteRead|bytes read|Tunnel connection failed|getaddrinfo|SSL|certificate|content too short|expected \d+ bytes|more expected|fragment \d+ not found/i,
    means('unreachable', 'The site does not answer as it should.', later),
  ],
];

/** An extractor that broke says so in these words. */
const broke =
  /please report this issue|Confirm you are on the latest version|nsig extraction failed|Unable to extract|No video formats found|Traceback \(most recent call last\)/i;

/** Warnings that only say how yt-dlp was started. */
const ofNoInterest = /ffmpeg-location|^\s*You installed yt-dlp|--no-update/;

/** The last lines, without secrets and without what only concerns how it was started. */
export const cleanWords = (words: string, secrets: readonly string[]): string => {
  const lines = words.split('\n').filter((line) => line.trim() !== '' && !ofNoInterest.test(line));
  return secrets.reduce((text, secret) => text.replaceAll(secret, '…'), lines.join('\n'));
};

/** Where it says what failed, only that counts: what a site calls its film stands elsewhere. */
const complaints = (words: string): string => {
  const lines = words.split('\n');
  const at = lines.findIndex((line) => line.startsWith('ERROR:'));
  if (at !== -1) return lines.slice(at).join('\n');
  return lines.filter((line) => !/^(?:WARNING:|\[info\])/.test(line)).join('\n');
};

const notUnderstood = (words: string, old: boolean): SourceFailure =>
  old
    ? sourceFailure(
        'tool_too_old',
        'This yt-dlp is too old for the site.',
        'Update yt-dlp in the settings and try again.',
        words,
      )
    : sourceFailure(
        'unknown',
        'yt-dlp does not understand this site at the moment.',
        'Update yt-dlp in a few days and try again: sites change, and yt-dlp follows.',
        words,
      );

/** What yt-dlp's words mean, in a sentence and with what to do. `old`: its release is. */
export const translate = (words: string, old: boolean): SourceFailure => {
  const said = complaints(words);
  // Sites answer so to players that they do not take for one any more.
  if (old && /HTTP Error 403/.test(said)) return notUnderstood(words, old);
  const [, meaning] = rules.find(([pattern]) => pattern.test(said)) ?? [];
  if (meaning) return meaning(words);
  if (broke.test(said)) return notUnderstood(words, old);
  return sourceFailure('unknown', 'yt-dlp gave up.', `${later} Its last words are below.`, words);
};
