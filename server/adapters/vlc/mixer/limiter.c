/* A lookahead limiter on true peaks: each peak's gain is reached by a straight ramp before it. */
#include "mixer.h"

#include <math.h>
#include <string.h>

enum {
  WINDOW = 64,
  TAPS = 12,
  /* The interpolated peak after sample n needs the six samples that follow it. */
  PEAK_DELAY = TAPS / 2,
  LOOK_BACK = 128,
  LINE = 16384,
  PHASES = 3,
};
_Static_assert(LIMITER_DELAY_FRAMES == WINDOW + PEAK_DELAY - 1, "a peak leaves when its ramp is complete");
_Static_assert(LOOK_BACK > LIMITER_DELAY_FRAMES + TAPS, "what is looked at");
_Static_assert((LINE & (LINE - 1)) == 0, "a counter that wraps stays in its place");
_Static_assert(LINE >= BUFFER_FRAMES_MAX + LOOK_BACK, "the line holds what may be taken back, and what is looked at");

static const float ceiling = 0.8913f; /* -1 dBTP */
/* No sum under this has true peaks over the ceiling worth looking for. */
static const float worth_interpolating = 0.4f;
static const float release_per_frame = 1.0f / (0.080f * RATE);

static float interpolation[PHASES][TAPS];
static float line[LINE][CHANNELS];
static float wanted[LINE]; /* gain each frame needs by itself */
static float held[LINE];   /* lowest of the window, released slowly */
static uint32_t frame;

/* What one frame leaves to the next. */
struct carry {
  double held_sum;
  float hold;
  uint32_t calm_frames;
};
static struct carry carries[LINE];
static struct carry carry;

void limiter_reset(void) {
  for (int phase = 0; phase < PHASES; phase++) {
    float total = 0;
    for (int tap = 0; tap < TAPS; tap++) {
      double x = tap - (TAPS / 2 - 1) - (phase + 1) / 4.0;
      double window = 0.5 + 0.5 * cos(M_PI * x / (TAPS / 2 + 0.5));
      interpolation[phase][tap] = (float)(sin(M_PI * x) / (M_PI * x) * window);
      total += interpolation[phase][tap];
    }
    for (int tap = 0; tap < TAPS; tap++) interpolation[phase][tap] /= total;
  }
  memset(line, 0, sizeof line);
  carry = (struct carry){.held_sum = WINDOW, .hold = 1, .calm_frames = 2 * WINDOW};
  for (int i = 0; i < LINE; i++) {
    wanted[i] = held[i] = 1;
    carries[i] = carry;
  }
}

static float true_peak_at(uint32_t at, int channel) {
  float peak = fabsf(line[at % LINE][channel]);
  for (int phase = 0; phase < PHASES; phase++) {
    float value = 0;
    for (int tap = 0; tap < TAPS; tap++)
      value += interpolation[phase][tap] * line[(at - (TAPS / 2 - 1) + (uint32_t)tap) % LINE][channel];
    peak = fmaxf(peak, fabsf(value));
  }
  return peak;
}

static float lowest_wanted(void) {
  float lowest = 1;
  for (uint32_t i = 0; i < WINDOW; i++) lowest = fminf(lowest, wanted[(frame - i) % LINE]);
  return lowest;
}

static float next_gain(bool loud) {
  uint32_t at = frame - PEAK_DELAY;
  float peak = loud ? fmaxf(true_peak_at(at, 0), true_peak_at(at, 1)) : 0;
  wanted[frame % LINE] = peak > ceiling ? ceiling / peak : 1;
  carry.calm_frames = peak > ceiling || carry.hold < 1 ? 0 : carry.calm_frames + 1;
  if (carry.calm_frames >= 2 * WINDOW) {
    /* Nothing to do for two windows; setting the sum anew keeps rounding from piling up. */
    held[frame % LINE] = 1;
    carry.held_sum = WINDOW;
    return 1;
  }
  carry.hold = fminf(lowest_wanted(), carry.hold + (1 - carry.hold) * release_per_frame);
  if (carry.hold > 0.9999f) carry.hold = 1;
  carry.held_sum += carry.hold - held[(frame - WINDOW) % LINE];
  held[frame % LINE] = carry.hold;
  return (float)(carry.held_sum / WINDOW);
}

static int16_t to_int16(float value) {
  float scaled = value * 32768.0f;
  if (scaled > 32767) return 32767;
  if (scaled < -32768) return -32768;
  return (int16_t)lrintf(scaled);
}

void limiter_process(const float *sum, int16_t *out, uint32_t frames) {
  float highest = 0;
  for (uint32_t i = 1; i <= LOOK_BACK; i++) {
    const float *before = line[(frame - i) % LINE];
    highest = fmaxf(highest, fmaxf(fabsf(before[0]), fabsf(before[1])));
  }
  for (uint32_t i = 0; i < frames * CHANNELS; i++) highest = fmaxf(highest, fabsf(sum[i]));
  bool loud = highest > worth_interpolating;
  for (uint32_t i = 0; i < frames; i++, frame++) {
    line[frame % LINE][0] = sum[i * 2];
    line[frame % LINE][1] = sum[i * 2 + 1];
    float gain = next_gain(loud);
    carries[frame % LINE] = carry;
    const float *leaving = line[(frame - LIMITER_DELAY_FRAMES) % LINE];
    out[i * 2] = to_int16(leaving[0] * gain);
    out[i * 2 + 1] = to_int16(leaving[1] * gain);
  }
}

void limiter_take_back(float *sum, uint32_t frames) {
  frame -= frames;
  carry = carries[(frame - 1) % LINE];
  for (uint32_t i = 0; i < frames; i++) memcpy(sum + i * CHANNELS, line[(frame + i) % LINE], sizeof line[0]);
}
