import {
  commandTo,
  deviceLimits,
  fits,
  within,
  type Component,
  type Components,
  type DeviceFacts,
} from './facts.ts';

/** The jukebox. */
export const playerComponents = ({ topic, modes, playlists }: DeviceFacts): Components => {
  const button = (name: string, key: string, icon: string): Component => ({
    p: 'button',
    name,
    icon,
    ...commandTo(topic, key),
    payload_press: '{}',
  });
  const lists = within(playlists.filter(fits), {
    countMax: deviceLimits.playlistsMax,
    bytesMax: deviceLimits.playlistsBytesMax,
  });
  return {
    mode: {
      p: 'select',
      name: 'Mode',
      icon: 'mdi:repeat',
      ...commandTo(topic, 'mode'),
      command_template: '{"mode": {{ value | tojson }}}',
      state_topic: `${topic}/state/mode`,
      value_template: '{{ value_json.mode }}',
      options: modes,
    },
    ...(lists.length > 0 && {
      playlist: {
        p: 'select',
        name: 'Playlist',
        icon: 'mdi:playlist-music',
        ...commandTo(topic, 'play'),
        command_template: '{"playlist": {{ value | tojson }}}',
        state_topic: `${topic}/state/playing`,
        value_template: '{{ value_json.playlist }}',
        options: lists,
      },
    }),
    volume: {
      p: 'number',
      name: 'Volume',
      icon: 'mdi:volume-high',
      ...commandTo(topic, 'volume'),
      command_template: '{"volume": {{ value | int }}}',
      state_topic: `${topic}/state/volume`,
      value_template: '{{ value_json.volume }}',
      min: 0,
      max: 100,
      step: 1,
      mode: 'slider',
      unit_of_measurement: '%',
    },
    stop: button('Stop all', 'stop', 'mdi:stop'),
    next: button('Next', 'next', 'mdi:skip-next'),
    previous: button('Previous', 'previous', 'mdi:skip-previous'),
    pause: button('Pause', 'pause', 'mdi:pause'),
    resume: button('Resume', 'resume', 'mdi:play'),
  };
};
