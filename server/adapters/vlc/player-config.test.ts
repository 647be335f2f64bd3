import { describe, expect, it } from 'vitest';
import { parsePlayerConfig } from './player-config.ts';

describe('the configuration of the player', () => {
  it('has defaults for everything', () => {
    const config = parsePlayerConfig({});
    expect(config).toMatchObject({ output: 'auto', device: '', bufferMs: 40, underSystemd: false });
    expect(config.socketPath).toMatch(/^\/.*\/data\/player\.sock$/);
  });

  it('takes what is set, and empty values for unset', () => {
    const config = parsePlayerConfig({
      DATA_DIR: '/var/lib/encore',
      PLAYER_AUDIO_OUTPUT: 'alsa',
      PLAYER_BUFFER_MS: '60',
      LOG_LEVEL: '',
      INVOCATION_ID: 'x',
    });
    expect(config).toEqual({
      socketPath: '/var/lib/encore/player.sock',
      output: 'alsa',
      device: '',
      bufferMs: 60,
      logLevel: 'info',
      underSystemd: true,
    });
  });

  it('tells every fault at once', () => {
    const variables = { PLAYER_AUDIO_OUTPUT: 'horn', PLAYER_BUFFER_MS: '5' };
    expect(() => parsePlayerConfig(variables)).toThrow(/PLAYER_AUDIO_OUTPUT.*PLAYER_BUFFER_MS/);
  });
});
