/*
 * How loud the music is: volume, ducking, and two fades that end in standing still. Everything moves
 * frame by frame; what is to stand still does so on the frame on which it becomes silent.
 */
#include "music.h"

#include <math.h>

enum {
  RAMP_FRAMES_MIN = 5 * RATE / 1000,
  VOLUME_FRAMES = 50 * RATE / 1000,
};

static _Atomic float volume_wanted = 1;
static _Atomic float duck_level = 0.25f;
static _Atomic uint32_t duck_attack_frames = 60 * RATE / 1000;
static _Atomic uint32_t duck_release_frames = 400 * RATE / 1000;
static _Atomic bool standing_still;

/* ---- JS thread ---- */

EXPORT void mixer_music_volume(float level) { atomic_store(&volume_wanted, level); }

EXPORT void mixer_music_ducking(float level, int attack_ms, int release_ms) {
  atomic_store(&duck_level, level);
  atomic_store(&duck_attack_frames, (uint32_t)attack_ms * (RATE / 1000));
  atomic_store(&duck_release_frames, (uint32_t)release_ms * (RATE / 1000));
}

/* Paused, waiting for an announcement or for an output: nothing moves, and that is in order. */
EXPORT int mixer_music_stands_still(void) { return atomic_load(&standing_still); }

/* ---- mixer thread ---- */

static enum transport mode = PLAYING;
/* Doubles: a frame of a fade of ten minutes is less than a float can tell from nothing. */
static double transport = 1;
static double transport_step;
static double announcement = 1;
static float duck = 1;
static float duck_goal = 1;
static float duck_factor;
static float volume = 1;
static float volume_goal = 1;
static float volume_step;
static enum ducking ducking_now;

static float cubed(double level) { return (float)(level * level * level); }

static uint32_t at_least(uint32_t frames, uint32_t least) { return frames > least ? frames : least; }

bool level_is_silent(void) { return transport <= 0 && mode != PLAYING; }

bool level_stands_still(void) {
  bool still = level_is_silent() || (announcement <= 0 && ducking_now == DUCKING_PAUSE) || !output_is_there();
  atomic_store(&standing_still, still);
  return still;
}

bool level_is_stopping(void) { return mode == STOPPING; }

bool level_has_stopped(void) { return mode == STOPPING && transport <= 0; }

void level_move(enum transport to, uint32_t frames) {
  mode = to;
  transport_step = 1.0 / at_least(frames, RAMP_FRAMES_MIN);
}

float level_settle(void) {
  float level = cubed(transport);
  mode = PLAYING;
  transport = 1;
  return level;
}

void level_hush(void) { transport = 0; }

static double toward(double from, double to, double step) {
  return from < to ? fmin(to, from + step) : fmax(to, from - step);
}

static uint32_t frames_until_zero(double level, double step) {
  double frames = ceil(level / step);
  return frames < MIX_FRAMES_MAX ? (uint32_t)frames : MIX_FRAMES_MAX;
}

static double announcement_step(void) {
  uint32_t frames = atomic_load(ducking_now == DUCKING_PAUSE ? &duck_attack_frames : &duck_release_frames);
  return 1.0 / at_least(frames, RAMP_FRAMES_MIN);
}

uint32_t level_audible_frames(uint32_t frames) {
  if (mode != PLAYING) {
    uint32_t until = frames_until_zero(transport, transport_step);
    if (until < frames) frames = until;
  }
  if (ducking_now == DUCKING_PAUSE) {
    uint32_t until = frames_until_zero(announcement, announcement_step());
    if (until < frames) frames = until;
  }
  return frames;
}

static void follow_volume(void) {
  float wanted = atomic_load(&volume_wanted);
  if (wanted == volume_goal) return;
  volume_goal = wanted;
  volume_step = fabsf(wanted - volume) / VOLUME_FRAMES;
}

/* Decibels per frame are even, as the ear hears it. */
static void follow_ducking(void) {
  float goal = ducking_now == DUCKING_DUCK ? atomic_load(&duck_level) : 1;
  if (goal == duck_goal) return;
  uint32_t frames = atomic_load(goal < duck ? &duck_attack_frames : &duck_release_frames);
  duck_goal = goal;
  duck_factor = powf(goal / duck, 1.0f / (float)at_least(frames, RAMP_FRAMES_MIN));
}

static float next_duck(void) {
  float level = duck * duck_factor;
  return duck_factor < 1 ? fmaxf(duck_goal, level) : fminf(duck_goal, level);
}

void level_begin(enum ducking ducking) { ducking_now = ducking; }

void level_add(float *sum, const float *bus, uint32_t frames) {
  follow_volume();
  follow_ducking();
  const double announcement_goal = ducking_now == DUCKING_PAUSE ? 0 : 1;
  const double step = announcement_step();
  const double transport_goal = mode == PLAYING ? 1 : 0;
  for (uint32_t i = 0; i < frames; i++) {
    float level = volume * duck * cubed(transport) * cubed(announcement);
    sum[i * 2] += bus[i * 2] * level;
    sum[i * 2 + 1] += bus[i * 2 + 1] * level;
    if (volume != volume_goal) volume = (float)toward(volume, volume_goal, volume_step);
    if (transport != transport_goal) transport = toward(transport, transport_goal, transport_step);
    if (announcement != announcement_goal) announcement = toward(announcement, announcement_goal, step);
    if (duck != duck_goal) duck = next_duck();
  }
}

void level_rest(bool nothing_plays) {
  volume = volume_goal = atomic_load(&volume_wanted);
  duck = duck_goal = ducking_now == DUCKING_DUCK ? atomic_load(&duck_level) : 1;
  if (mode != PLAYING) transport = 0;
  if (nothing_plays && ducking_now != DUCKING_PAUSE) announcement = 1;
}
