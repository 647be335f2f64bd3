import { describe, expect, it } from 'vitest';
import { cutGraph, lengthOf, movedChapters, piecesMax, piecesOf } from './cut.ts';

const span = (start_ms: number, end_ms: number) => ({ start_ms, end_ms });

describe('pieces of an original', () => {
  it('are one where nothing is left out', () => {
    expect(piecesOf(100, 900, [])).toEqual([span(100, 900)]);
    expect(piecesOf(0, Infinity, [])).toEqual([span(0, Infinity)]);
  });

  it('are what is between the spans that are left out', () => {
    expect(piecesOf(0, 1000, [span(600, 700), span(0, 100), span(200, 300)])).toEqual([
      span(100, 200),
      span(300, 600),
      span(700, 1000),
    ]);
  });

  it('take spans as they come: overlapping, turned round, outside', () => {
    const spans = [
      span(100, 400),
      span(200, 300),
      span(350, 500),
      span(700, 600),
      span(2000, 3000),
    ];
    expect(piecesOf(0, 1000, spans)).toEqual([span(0, 100), span(500, 1000)]);
  });

  it('are none where all is left out', () => {
    expect(piecesOf(0, 1000, [span(0, 5000)])).toEqual([]);
  });

  it('are not more than can be put together', () => {
    const spans = Array.from({ length: 1000 }, (_, at) => span(at * 10, at * 10 + 1));
    expect(piecesOf(0, 10_000, spans)).toHaveLength(piecesMax);
  });
});

it('moves chapters with the cut, and leaves out what was cut out', () => {
  const pieces = [span(1000, 2000), span(3000, 4000)];
  const chapters = [
    { title: 'before', start_ms: 0, end_ms: 1000 },
    { title: 'begins before', start_ms: 500, end_ms: 1500 },
    { title: 'over the gap', start_ms: 1500, end_ms: 3500 },
    { title: 'in the gap', start_ms: 2100, end_ms: 2900 },
    { title: 'ends behind', start_ms: 3500, end_ms: 9000 },
  ];
  expect(movedChapters(chapters, pieces)).toEqual([
    { title: 'begins before', start_ms: 0, end_ms: 500 },
    { title: 'over the gap', start_ms: 500, end_ms: 1500 },
    { title: 'ends behind', start_ms: 1500, end_ms: 2000 },
  ]);
  expect(lengthOf(pieces)).toBe(2000);
});

it('cuts to the sample and puts together', () => {
  expect(cutGraph([span(250, Infinity)])).toBe(
    '[0:a:0]atrim=start=0.250,asetpts=PTS-STARTPTS[cut]',
  );
  expect(cutGraph([span(0, 1000), span(2000, 3000)])).toBe(
    '[0:a:0]asplit=2[s0][s1];[s0]atrim=start=0.000:end=1.000,asetpts=PTS-STARTPTS[t0];' +
      '[s1]atrim=start=2.000:end=3.000,asetpts=PTS-STARTPTS[t1];[t0][t1]concat=n=2:v=0:a=1[cut]',
  );
});
