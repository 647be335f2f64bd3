import { exitCodes, type Command } from './command.ts';

/** What Mosquitto lets whom do, where Encore is one of its clients. */
export const mosquittoAcl = (config: {
  readonly mqtt: {
    readonly baseTopic: string;
    readonly external: { readonly username: string | null };
    readonly discovery: { readonly prefix: string };
  };
  readonly player: { readonly room: string };
}): string[] => {
  const { baseTopic, external, discovery } = config.mqtt;
  const prefix = `${baseTopic}/${config.player.room}`;
  return [
    '# For acl_file in mosquitto.conf. Encore itself, by MQTT_USERNAME:',
    `user ${external.username ?? 'encore'}`,
    'topic readwrite #',
    '',
    '# Home Assistant, by the name it logs in with:',
    'user homeassistant',
    `topic read ${baseTopic}/#`,
    `topic write ${prefix}/cmd/#`,
    `topic readwrite ${discovery.prefix}/#`,
    '',
    '# Everybody else. Whoever may write to cmd commands as MQTT_ACCOUNT, or as the house:',
    '# leave that line out to let people command as themselves alone.',
    `pattern read ${prefix}/status`,
    `pattern read ${prefix}/info`,
    `pattern read ${prefix}/event/#`,
    `pattern read ${prefix}/state/+`,
    `pattern read ${prefix}/state/jobs/#`,
    `pattern write ${prefix}/cmd/#`,
    '',
    '# Their own, by the name they log in with, which is that of their account in Encore.',
    '# With MQTT_USER_TOPICS=true commands below it run as that account.',
    `pattern read ${prefix}/state/users/%u`,
    `pattern read ${prefix}/reply/%u/#`,
    `pattern write ${prefix}/users/%u/cmd/#`,
  ];
};

export const mqttAcl: Command = {
  name: 'mqtt acl',
  usage: '',
  summary: 'Access rules for a Mosquitto that Encore is a client of, for its acl_file',
  help: [
    'Topics and names are those of the configuration: MQTT_BASE_TOPIC, MQTT_USERNAME and so on.',
  ],
  options: {},
  positionalsMax: 0,
  run({ config, print }) {
    for (const line of mosquittoAcl(config)) print(line);
    return exitCodes.ok;
  },
};
