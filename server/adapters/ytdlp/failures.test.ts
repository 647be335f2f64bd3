import { expect, it } from 'vitest';
import { cleanWords, translate } from './failures.ts';

const report =
  '; please report this issue on  https://github.com/yt-dlp/yt-dlp/issues?q= , filling out the appropriate issue template. Confirm you are on the latest version using  yt-dlp -U';

it.each([
  ['private', "[youtube] abc: Private video. Sign in if you've been granted access to this video"],
  ['private', '[vimeo] 1: This video is private'],
  [
    'geo_blocked',
    '[youtube] abc: Video unavailable. The uploader has not made this video available in your country',
  ],
  [
    'geo_blocked',
    '[ard] abc: This video is not available from your location due to geo restriction',
  ],
  ['sign_in_needed', '[youtube] abc: Sign in to confirm you’re not a bot. Use --cookies for this'],
  ['sign_in_needed', '[vimeo] 1: The web client only works when logged-in. Use --cookies'],
  [
    'sign_in_needed',
    '[youtube] abc: Join this channel to get access to members-only content like this video, and other exclusive perks.',
  ],
  [
    'age_restricted',
    '[youtube] abc: Sign in to confirm your age. This video may be inappropriate for some users.',
  ],
  ['not_found', '[youtube] abc: Video unavailable. This video has been removed by the uploader'],
  ['not_found', `[generic] abc: Unable to download webpage: HTTP Error 404: Not Found${report}`],
  ['unsupported_url', 'm3u8 download detected but ffmpeg could not be found. Please install'],
  [
    'unsupported_url',
    'RTMP download detected but "rtmpdump" could not be run. Please install "rtmpdump"',
  ],
  ['unreachable', 'fragment 1 not found, unable to continue'],
  ['rate_limited', '[soundcloud] 1: Unable to download JSON: HTTP Error 429: Too Many Requests'],
  ['rate_limited', '[tiktok] 1: Your IP address is blocked from accessing this post'],
  ['live', '[youtube] abc: This live event will begin in 3 hours.'],
  ['live', '[youtube] abc: Premieres in 5 hours'],
  ['live', '[twitch:stream] x: The channel is not currently live'],
  ['unsupported_url', 'Unsupported URL: https://example.com/'],
  ['unsupported_url', '[DRM] The requested site is known to use DRM protection.'],
  ['no_audio', '[twitter] 1: No video could be found in this tweet'],
  ['no_audio', '[generic] x: Requested format is not available. Use --list-formats'],
  ['disk_full', 'unable to write data: [Errno 28] No space left on device'],
  ['too_large', 'unable to write data: [Errno 27] File too large'],
  ['unreachable', '[generic] x: Unable to download webpage: <urlopen error timed out>'],
  ['unreachable', `[generic] x: Unable to download webpage: HTTP Error 502: Bad Gateway${report}`],
  ['sign_in_needed', '[generic] x: Unable to download webpage: HTTP Error 403: Forbidden'],
])('finds %s in: %s', (code, words) => {
  expect(translate(`WARNING: something else\nERROR: ${words}`, false)).toMatchObject({
    ok: false,
    code,
    message: expect.stringMatching(/^[A-Z].*\.$/),
    advice: expect.stringMatching(/^[A-Z].*\.$/),
    last_words: expect.stringContaining(words),
  });
});

it('lays what an old yt-dlp does not understand to its age, and to the site where it is new', () => {
  const words = `ERROR: [youtube] abc: Unable to extract uploader id${report}`;
  expect(translate(words, true)).toMatchObject({
    code: 'tool_too_old',
    advice: 'Update yt-dlp in the settings and try again.',
  });
  expect(translate(words, false)).toMatchObject({ code: 'unknown' });
  expect(translate('ERROR: unable to download video data: HTTP Error 403', true)).toMatchObject({
    code: 'tool_too_old',
  });
});

it('does not take what a film is called for what went wrong with it', () => {
  const words = '[download] Destination: Private video (removed by hand)\nERROR: it went wrong';
  expect(translate(words, false)).toMatchObject({ code: 'unknown', last_words: words });
});

it('leaves secrets out of the last words, and what only says how yt-dlp was started', () => {
  expect(
    cleanWords(
      'WARNING: ffmpeg-location /nonexistent/ffmpeg does not exist! Continuing without ffmpeg\n\nERROR: http://a:s3cret-value@127.0.0.1 no',
      ['s3cret-value'],
    ),
  ).toBe('ERROR: http://a:…@127.0.0.1 no');
});
