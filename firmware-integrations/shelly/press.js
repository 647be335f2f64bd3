// Shelly Gen2, Gen3, Gen4 (Plus, Pro, Mini): what the inputs play, without any binding.
// Paste under Scripts, change SOUNDS, save, switch on "Run on startup".
// The device's own MQTT settings hold host, account and token (kind bridge, scopes mqtt
// and play, prefix: the device's own id).

// Input → press → payload of encore/main/cmd/play; null stops everything.
const SOUNDS = {
  'input:0': {
    single_push: { name: 'Air horn' },
    double_push: { random: { tag: 'games' } },
    long_push: null,
  },
};

let presses = 0;

Shelly.addEventHandler(function (event) {
  const ofInput = SOUNDS[event.component];
  if (!ofInput || !event.info || !(event.info.event in ofInput)) return;
  if (!MQTT.isConnected()) {
    print('Encore is not reached: the press does nothing');
    return;
  }
  const wish = ofInput[event.info.event];
  if (wish === null) {
    MQTT.publish('encore/main/cmd/stop', '{}', 1, false);
    return;
  }
  presses = presses + 1;
  // A press that is sent twice plays once.
  wish.key = `${event.component}-${presses}-${event.info.ts}`;
  MQTT.publish('encore/main/cmd/play', JSON.stringify(wish), 1, false);
});
