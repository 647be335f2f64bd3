/*
 * How much sound waits at the output. A larger buffer survives a busier machine, and lets a sound
 * that joins others wait longer; so it starts as it was configured, grows when the output was served
 * nearly too late, and shrinks again after a long time without that.
 */
#include "mixer.h"

static const int64_t patience_ns = 600 * NS_PER_SECOND;
/* One lateness is noticed more than once; a stream that just opened lacks everything. */
static const int64_t settling_ns = NS_PER_SECOND / 5;
static int64_t enough_since_ns;
static uint32_t least_frames;

void buffer_open(uint32_t frames) {
  least_frames = frames < BUFFER_FRAMES_MAX ? frames : BUFFER_FRAMES_MAX;
  config.buffer_frames = least_frames;
}

void buffer_settle(void) { enough_since_ns = now_ns(); }

static void grow(void) {
  buffer_settle();
  uint32_t larger = config.buffer_frames + config.buffer_frames / 2;
  config.buffer_frames = larger < BUFFER_FRAMES_MAX ? larger : BUFFER_FRAMES_MAX;
}

/* Only when nobody can hear it. */
static void shrink(void) {
  buffer_settle();
  uint32_t smaller = config.buffer_frames - config.buffer_frames / 3;
  config.buffer_frames = smaller > least_frames ? smaller : least_frames;
}

void buffer_served(uint32_t frames_left) {
  const int64_t enough_ns = now_ns() - enough_since_ns;
  if (enough_ns < settling_ns) return;
  if (frames_left < config.buffer_frames / 4) grow();
  else if (config.buffer_frames > least_frames && enough_ns > patience_ns && silent_for(RATE)) shrink();
}
