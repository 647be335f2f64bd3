import { describe, expect, it } from 'vitest';
import { createScrub, scrubLine } from './scrub.ts';

const scrub = createScrub({
  words: ['Mira', 'Mira Lang', 'Bo', 'Ünal', 'ABCD-1234', 'c++'],
  folders: [
    { path: '/srv/encore/sounds', word: '<sounds>' },
    { path: '/srv/encore/data', word: '<data>' },
  ],
  program: '/srv/encore',
});

describe('out of any text goes', () => {
  it.each([
    ['a name, in any case', 'MIRA pressed, and mira again', '<name> pressed, and <name> again'],
    ['the longer of two names', 'Mira Lang is here', '<name> is here'],
    ['a name with letters of its own', 'für Ünal, ünal’s', 'für <name>, <name>’s'],
    ['a name that is no pattern', 'c++ and c', '<name> and c'],
    ['a setup code', 'its setup code is ABCD-1234', 'its setup code is <name>'],
    ['an address of mail', 'to (mira.lang+x@example.org)', 'to (<address>)'],
    ['a link, with all that is in it', 'at https://u:p@nas/x?y=z now', 'at <url> now'],
    ['an address of the net', '192.168.178.20:1883 refused', '<ip>:1883 refused'],
    ['a new address of the net', 'from fe80::1ff:fe23:4567:890a, not', 'from <ip>, not'],
    ['the address of a device', 'aa:bb:cc:dd:ee:0f', '<mac>'],
    ['the name of a machine', 'mqtt at homeassistant.local', 'mqtt at <host>'],
    ['a token', 'Bearer enc_Abc123_x', 'Bearer <token>'],
    ['a signed token', 'eyJhbGciOi.eyJzdWIi.c2ln', '<token>'],
    ['a hash', `head ${'9f'.repeat(32)}`, 'head <long>'],
    [
      'the name of a file, with its blanks',
      "open '/srv/encore/sounds/originals/Mum laughs.wav'",
      "open '<sounds>'",
    ],
    ['whoever has a folder', '/home/somebody/Music and more', '<path>'],
  ])('%s', (_, text, left) => {
    expect(scrub(text)).toBe(left);
  });
});

describe('what helps stays:', () => {
  it.each([
    ['a part of a word', 'Border of Admiral'],
    ['this machine itself', '127.0.0.1:8000 and 0.0.0.0 and ::1'],
    ['a time', '2026-03-01T02:30:00.000Z, 12:30:01'],
    ['an id', '0198f2c4-7d1e-7a3b-9c5d-0123456789ab'],
    [
      'a place deep in a program',
      'at /usr/lib/node/internal/modules/package/resolve/target.js:12:3',
    ],
    ['a program of the system', '/usr/bin/ffmpeg does not run'],
  ])('%s', (_, text) => {
    expect(scrub(text)).toBe(text);
  });

  it('a place in the program', () => {
    expect(scrub('at f (file:///srv/encore/server/app.ts:1:2)')).toBe(
      'at f (<encore>/server/app.ts:1:2)',
    );
  });
});

describe('of a line of the log', () => {
  it('only the text of fields is left that are Encore’s own', () => {
    const line = JSON.stringify({
      level: 30,
      time: '2026-03-01T02:30:00.000Z',
      name: 'app',
      hostname: 'miras-pi',
      pid: 7,
      actor: '0198f2c4-7d1e-7a3b-9c5d-0123456789ab',
      file: 'Mum laughs.wav',
      topic: 'zigbee2mqtt/bed of Mira',
      err: { type: 'Error', message: 'Mira is gone', stack: 'Error: Mira is gone' },
      msg: 'scan: Mira.wav',
    });
    expect(JSON.parse(scrubLine(scrub, line))).toEqual({
      level: 30,
      time: '2026-03-01T02:30:00.000Z',
      name: 'app',
      hostname: '<8 letters>',
      pid: 7,
      actor: '0198f2c4-7d1e-7a3b-9c5d-0123456789ab',
      file: '<14 letters>',
      topic: '<23 letters>',
      err: { type: 'Error', message: '<name> is gone', stack: 'Error: <name> is gone' },
      msg: 'scan: <name>.wav',
    });
  });

  it('a name in the place of the program’s is taken out, and names of fields are looked at', () => {
    const line = '{"name":"Zoe","by":{"Mira":1},"list":["a","b"]}';
    expect(JSON.parse(scrubLine(scrub, line))).toEqual({
      name: '<3 letters>',
      by: { '<name>': 1 },
      list: ['<1 letters>', '<1 letters>'],
    });
  });

  it('it is left that the house itself did it', () => {
    const line = '{"level":30,"name":"player","actor":"system"}';
    expect(scrubLine(scrub, line)).toBe(line);
  });

  it('that is none, the text is scrubbed', () => {
    expect(scrubLine(scrub, 'Started by Mira')).toBe('Started by <name>');
  });
});
