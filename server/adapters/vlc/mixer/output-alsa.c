/* ALSA, where there is no sound server; loaded at run time like libpulse. */
#include "mixer.h"

#include <alsa/asoundlib.h>
#include <dlfcn.h>
#include <stdio.h>

#define ALSA_FUNCTIONS(X)                                                                          \
  X(snd_pcm_open) X(snd_pcm_close) X(snd_pcm_set_params) X(snd_pcm_get_params) X(snd_pcm_writei)   \
  X(snd_pcm_avail_update) X(snd_pcm_recover) X(snd_pcm_delay) X(snd_pcm_start) X(snd_pcm_state)    \
  X(snd_strerror) X(snd_lib_error_set_handler)

static struct {
#define POINTER(name) __typeof__(name) *name;
  ALSA_FUNCTIONS(POINTER)
#undef POINTER
} alsa;

static snd_pcm_t *pcm;
static snd_pcm_uframes_t device_frames;
static int64_t last_progress_ns;
static const int64_t stall_patience_ns = NS_PER_SECOND;

/* libasound prints to stderr whatever it meets on its way; our caller gets the reason instead. */
static void quiet(const char *file, int line, const char *function, int error, const char *format, ...) {
  (void)file, (void)line, (void)function, (void)error, (void)format;
}

static bool load(void) {
  static void *library;
  if (library) return true;
  void *opened = dlopen("libasound.so.2", RTLD_NOW);
  if (!opened) return false;
#define RESOLVE(name) \
  if (!(alsa.name = (__typeof__(alsa.name))dlsym(opened, #name))) return false;
  ALSA_FUNCTIONS(RESOLVE)
#undef RESOLVE
  alsa.snd_lib_error_set_handler(quiet);
  library = opened;
  return true;
}

static bool describe(char *detail, int error) {
  snprintf(detail, DETAIL_BYTES, "ALSA: %s", alsa.snd_strerror(error));
  return false;
}

static void alsa_close(void) {
  if (pcm) alsa.snd_pcm_close(pcm);
  pcm = NULL;
}

static enum open_result alsa_open(char *detail) {
  if (!load()) {
    snprintf(detail, DETAIL_BYTES, "ALSA: libasound is not installed");
    return OPEN_FAILED;
  }
  const char *device = config.device[0] ? config.device : "default";
  int error = alsa.snd_pcm_open(&pcm, device, SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);
  if (error >= 0) {
    /* Room for the buffer to grow into; it is not filled further than that. */
    const unsigned buffer_us = BUFFER_FRAMES_MAX * 1000 / (RATE / 1000);
    error = alsa.snd_pcm_set_params(pcm, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, CHANNELS, RATE, 1, buffer_us);
  }
  snd_pcm_uframes_t period;
  if (error >= 0) error = alsa.snd_pcm_get_params(pcm, &device_frames, &period);
  if (error < 0) {
    describe(detail, error);
    alsa_close();
    return OPEN_FAILED;
  }
  last_progress_ns = now_ns();
  buffer_settle();
  return OPEN_READY;
}

static int32_t alsa_latency_us(void) {
  snd_pcm_sframes_t delay;
  if (alsa.snd_pcm_delay(pcm, &delay) < 0 || delay < 0) return 0;
  return (int32_t)(delay * 1000 / (RATE / 1000));
}

static bool is_idle(void) { return silent_for(config.buffer_frames) && !any_voice_wants_mixing(); }

/* Frames to keep in the device: half a buffer is enough between sounds, where an underrun is
 * silence anyway, and lets the next sound begin that much sooner. */
static snd_pcm_sframes_t wanted_fill(void) {
  snd_pcm_uframes_t fill = config.buffer_frames < device_frames ? config.buffer_frames : device_frames;
  return (snd_pcm_sframes_t)(is_idle() ? fill / 2 : fill);
}

static snd_pcm_sframes_t recovered(snd_pcm_sframes_t result) {
  if (result >= 0 || result == -EAGAIN) return result;
  if (result == -EPIPE && !silent_for(config.buffer_frames)) {
    count_underrun();
    buffer_served(0);
  }
  int error = alsa.snd_pcm_recover(pcm, (int)result, 1);
  return error < 0 ? error : alsa.snd_pcm_avail_update(pcm);
}

static bool alsa_feed(char *detail) {
  static int16_t mixed[MIX_FRAMES_MAX * CHANNELS];
  snd_pcm_sframes_t available = recovered(alsa.snd_pcm_avail_update(pcm));
  if (available < 0) return describe(detail, (int)available);
  int64_t now = now_ns();
  const snd_pcm_sframes_t waiting = (snd_pcm_sframes_t)device_frames - available;
  if (!is_idle()) buffer_served(waiting > 0 ? (uint32_t)waiting : 0);
  snd_pcm_sframes_t frames = wanted_fill() - waiting;
  if (frames > available) frames = available;
  if (frames > MIX_FRAMES_MAX) frames = MIX_FRAMES_MAX;
  if (frames <= 0) {
    if (now - last_progress_ns < stall_patience_ns) return true;
    snprintf(detail, DETAIL_BYTES, "ALSA: the device takes no more sound");
    return false;
  }
  last_progress_ns = now;
  mix(mixed, (uint32_t)frames, alsa_latency_us());
  snd_pcm_sframes_t written = alsa.snd_pcm_writei(pcm, mixed, (snd_pcm_uframes_t)frames);
  if (written < 0 && written != -EAGAIN && (written = recovered(written)) < 0) return describe(detail, (int)written);
  if (alsa.snd_pcm_state(pcm) == SND_PCM_STATE_PREPARED) alsa.snd_pcm_start(pcm);
  return true;
}

const struct output alsa_output = {
    .open = alsa_open,
    .feed = alsa_feed,
    .close = alsa_close,
    .latency_us = alsa_latency_us,
    .wait_ms = 5,
};
