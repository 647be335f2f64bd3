import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Box, until } from './box.ts';

const recorded = '/var/lib/heard.raw';
const loud = 1000;
/** 20 ms in however many pieces: a busy machine may tear a sound apart, and a crackle is shorter. */
const loudSamplesMin = 960;
const hearTimeoutMs = 60_000;

/** A sound server for the whole box, as a box without a desktop has it, with a card that nobody hears. */
const sinkUnit = `[Unit]
Description=PulseAudio for the whole box, with a silent card
[Service]
ExecStart=/usr/bin/pulseaudio -n --system --disallow-exit --exit-idle-time=-1 --daemonize=no -L "module-null-sink sink_name=room norewinds=1 rate=48000 channels=2 format=s16le" -L module-native-protocol-unix
Restart=always
[Install]
WantedBy=multi-user.target
`;

const earUnit = `[Unit]
Description=Hears what the silent card plays
After=room.service
StartLimitIntervalSec=0
[Service]
User=pulse
Environment=HOME=/run/pulse
ExecStart=/usr/bin/parec --device=room.monitor --format=s16le --rate=48000 --channels=1 --latency-msec=10 --raw
StandardOutput=append:${recorded}
Restart=always
RestartSec=100ms
[Install]
WantedBy=multi-user.target
`;

export type Room = {
  /** Where the recording is now: give it to `heard`. */
  now(): number;
  /** Resolves at the first sound after a place of the recording. @throws Error when there is silence */
  heard(from: number): Promise<void>;
};

export const furnish = async (box: Box): Promise<Room> => {
  box.put('/etc/systemd/system/room.service', sinkUnit);
  box.put('/etc/systemd/system/ear.service', earUnit);
  await box.must('systemctl', 'daemon-reload');
  await box.must('systemctl', 'enable', '--now', 'room.service', 'ear.service');
  const file = join(box.root, recorded);
  const size = () => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

  await until('the silent card is recorded', hearTimeoutMs, () => size() > 48_000);

  const isLoudSince = (from: number): boolean => {
    const piece = Buffer.alloc(Math.max(0, size() - from) & ~1);
    const fd = openSync(file, 'r');
    try {
      readSync(fd, piece, 0, piece.length, from);
    } finally {
      closeSync(fd);
    }
    let found = 0;
    for (let at = 0; at < piece.length; at += 2) {
      if (Math.abs(piece.readInt16LE(at)) > loud) found += 1;
    }
    return found >= loudSamplesMin;
  };

  return {
    now: () => size() & ~1,
    heard: (from) => until('a sound is heard', hearTimeoutMs, () => isLoudSince(from)),
  };
};
