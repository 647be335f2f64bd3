/* The mixer thread: chooses and keeps the output, feeds it, and tells JS when something happened. */
#define _GNU_SOURCE
#include "mixer.h"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const int64_t retry_ns = 500 * NS_PER_MS;
static const int64_t open_patience_ns = 2 * NS_PER_SECOND;

struct mixer_config config;

/* The same numbers as in mixer.ts. */
enum output_kind { KIND_NONE, KIND_PULSE, KIND_ALSA };

/* What JS may ask for at any time; guarded, because text cannot be swapped atomically. */
struct mixer_status {
  int32_t kind;
  int32_t lost;
  int32_t latency_us;
  int32_t buffer_ms;
  uint32_t underruns;
  char detail[DETAIL_BYTES];
};
static struct mixer_status status;
static pthread_mutex_t status_lock = PTHREAD_MUTEX_INITIALIZER;

static pthread_t thread;
static _Atomic bool quitting;
static int wake_fd = -1;
static int notify_fds[2] = {-1, -1};
static _Atomic uint32_t underruns;

int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

void wake_mixer(void) {
  uint64_t one = 1;
  (void)!write(wake_fd, &one, sizeof one);
}

void count_underrun(void) { atomic_fetch_add(&underruns, 1); }

/* ---- mixing ---- */

static float sum[MIX_FRAMES_MAX * CHANNELS];
static uint64_t frames_since_sound;
static uint64_t frames_after_voice;

bool silent_for(uint32_t frames) { return frames_since_sound >= (uint64_t)frames + LIMITER_DELAY_FRAMES; }

uint64_t frames_since_end(void) { return frames_after_voice; }

void note_end(uint32_t frames_before) {
  if (frames_before < frames_after_voice) frames_after_voice = frames_before;
}

bool any_voice_wants_mixing(void) {
  for (int slot = 0; slot < SLOTS; slot++)
    if (voice_wants_mixing(&voices[slot], config.buffer_frames)) return true;
  return music_wants_mixing(config.buffer_frames);
}

bool any_voice_begins(void) {
  for (int slot = 0; slot < SLOTS; slot++)
    if (voice_begins(&voices[slot], config.buffer_frames)) return true;
  return false;
}

static bool any_voice_sounds(void) {
  for (int slot = 0; slot < SLOTS; slot++) {
    int stage = atomic_load(&voices[slot].stage);
    if (stage == VOICE_WAITING || stage == VOICE_SOUNDING) return true;
  }
  return music_is_busy();
}

int64_t step_heard_ns(const struct mix_step *step) {
  return step->at_ns + step->latency_us * 1000LL + LIMITER_DELAY_FRAMES * NS_PER_SECOND / RATE;
}

static enum ducking ducking_of(struct voice *voice) {
  return atomic_load(&voice->stage) == VOICE_SOUNDING ? (enum ducking)voice->ducking : DUCKING_NONE;
}

static struct mix_step step_of(uint32_t frames, int32_t latency_us) {
  return (struct mix_step){
      .frames = frames, .start_frames = config.buffer_frames, .at_ns = now_ns(), .latency_us = latency_us};
}

void mix(int16_t *out, uint32_t frames, int32_t latency_us) {
  const struct mix_step step = step_of(frames, latency_us);
  memset(sum, 0, frames * CHANNELS * sizeof *sum);
  frames_after_voice += frames;
  bool sounded = false;
  enum ducking ducking = DUCKING_NONE;
  for (int slot = 0; slot < SLOTS; slot++) {
    sounded |= voice_mix(&voices[slot], sum, &step);
    enum ducking wanted = ducking_of(&voices[slot]);
    if (wanted > ducking) ducking = wanted;
  }
  sounded |= music_mix(sum, &step, ducking);
  frames_since_sound = sounded ? 0 : frames_since_sound + frames;
  /* After a second of silence the limiter has nothing left to say or to forget. */
  if (silent_for(RATE)) memset(out, 0, frames * FRAME_BYTES);
  else limiter_process(sum, out, frames);
}

void mix_again(int16_t *out, uint32_t frames, int32_t latency_us) {
  const struct mix_step step = step_of(frames, latency_us);
  limiter_take_back(sum, frames);
  for (int slot = 0; slot < SLOTS; slot++) {
    bool begins = voice_begins(&voices[slot], step.start_frames);
    if (begins && voice_mix(&voices[slot], sum, &step)) frames_since_sound = 0;
  }
  limiter_process(sum, out, frames);
}

/* ---- outputs ---- */

static const struct output *current; /* NULL: the null clock runs */
static const struct output *opening; /* NULL: nothing is being opened */
static int64_t open_deadline_ns;
static int64_t next_attempt_ns;
static char failures[DETAIL_BYTES];

bool output_is_there(void) { return current || config.choice == CHOICE_DUMMY; }

static enum output_kind kind_of(const struct output *output) {
  return output == &pulse_output ? KIND_PULSE : output == &alsa_output ? KIND_ALSA : KIND_NONE;
}

static void set_status(bool lost, const char *detail) {
  pthread_mutex_lock(&status_lock);
  status.kind = kind_of(current);
  status.lost = lost;
  snprintf(status.detail, sizeof status.detail, "%s", detail);
  pthread_mutex_unlock(&status_lock);
  (void)!write(notify_fds[1], "o", 1);
}

static const struct output *after(const struct output *output) {
  if (output == NULL) return config.choice == CHOICE_ALSA ? &alsa_output : &pulse_output;
  return output == &pulse_output && config.choice == CHOICE_AUTO ? &alsa_output : NULL;
}

static void begin_attempt(int64_t now) {
  opening = after(NULL);
  open_deadline_ns = now + open_patience_ns;
  failures[0] = 0;
}

static void attempt_failed(const char *detail, int64_t now) {
  opening->close();
  size_t used = strlen(failures);
  snprintf(failures + used, sizeof failures - used, "%s%s", used ? "; " : "", detail);
  opening = after(opening);
  open_deadline_ns = now + open_patience_ns;
  if (opening) return;
  next_attempt_ns = now + retry_ns;
  set_status(true, failures);
}

static void go_on_opening(int64_t now) {
  char detail[DETAIL_BYTES] = "";
  switch (opening->open(detail)) {
    case OPEN_READY:
      current = opening;
      opening = NULL;
      set_status(false, "");
      break;
    case OPEN_FAILED: attempt_failed(detail, now); break;
    case OPEN_PENDING:
      if (now > open_deadline_ns) attempt_failed("the sound server does not answer", now);
      break;
  }
}

/* While nothing can be heard time still passes: voices go on and end when they would have. */
static void feed_null_clock(int64_t now) {
  static int16_t unheard[MIX_FRAMES_MAX * CHANNELS];
  static int64_t fed_until_ns;
  /* Bounded before it is multiplied: after days without a null clock the product would overflow. */
  static const int64_t span_ns_max = (int64_t)MIX_FRAMES_MAX * NS_PER_SECOND / RATE;
  if (now - fed_until_ns > span_ns_max) fed_until_ns = now - span_ns_max;
  int64_t frames = (now - fed_until_ns) * RATE / NS_PER_SECOND;
  fed_until_ns += frames * NS_PER_SECOND / RATE;
  mix(unheard, (uint32_t)frames, 0);
}

static void feed(int64_t now) {
  char detail[DETAIL_BYTES] = "";
  if (!current) feed_null_clock(now);
  else if (!current->feed(detail)) {
    current->close();
    current = NULL;
    next_attempt_ns = now;
    set_status(true, detail);
  } else {
    pthread_mutex_lock(&status_lock);
    status.latency_us = current->latency_us();
    status.buffer_ms = (int32_t)(config.buffer_frames / (RATE / 1000));
    pthread_mutex_unlock(&status_lock);
  }
}

static int wait_ms(int64_t now) {
  if (current) return current->wait_ms;
  if (opening || any_voice_sounds()) return 10;
  if (config.choice == CHOICE_DUMMY) return 1000;
  int64_t left_ms = (next_attempt_ns - now) / NS_PER_MS;
  return left_ms > 0 ? (int)left_ms : 0;
}

static void tell_js_about_events(void) {
  for (int slot = 0; slot < SLOTS; slot++) {
    if (!atomic_load(&voices[slot].events)) continue;
    (void)!write(notify_fds[1], "v", 1);
    return;
  }
  if (any_deck_event()) (void)!write(notify_fds[1], "d", 1);
}

/* Ahead of the decoders and of everything else on the box, where we may; it never runs for long. */
static void raise_priority(void) {
  const struct sched_param param = {.sched_priority = 5};
  if (pthread_setschedparam(pthread_self(), SCHED_RR, &param) != 0) setpriority(PRIO_PROCESS, 0, -11);
}

static void *run(void *unused) {
  (void)unused;
  raise_priority();
  pulse_load(wake_fd);
  while (!atomic_load(&quitting)) {
    int64_t now = now_ns();
    if (!current && !opening && config.choice != CHOICE_DUMMY && now >= next_attempt_ns) begin_attempt(now);
    if (opening) go_on_opening(now);
    feed(now);
    tell_js_about_events();
    pulse_wait(wake_fd, wait_ms(now));
  }
  if (opening) opening->close();
  if (current) current->close();
  return NULL;
}

/* ---- JS thread ---- */

/* Starts the mixer; returns a descriptor that is readable whenever there is something to ask for, or -1. */
EXPORT int mixer_open(int choice, const char *device, int buffer_ms) {
  config.choice = (enum output_choice)choice;
  snprintf(config.device, sizeof config.device, "%s", device);
  buffer_open((uint32_t)buffer_ms * (RATE / 1000));
  status.buffer_ms = buffer_ms;
  /* Or each of the dozens of decoder threads would hold on to memory of its own. */
  mallopt(M_ARENA_MAX, 2);
  frames_since_sound = frames_after_voice = 2 * RATE;
  limiter_reset();
  wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (wake_fd < 0 || pipe2(notify_fds, O_NONBLOCK | O_CLOEXEC) != 0 || !voices_allocate()) return -1;
  set_status(config.choice != CHOICE_DUMMY, config.choice == CHOICE_DUMMY ? "" : "not opened yet");

  /* Signals are for Node's threads. */
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int failed = pthread_create(&thread, NULL, run, NULL);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return failed ? -1 : notify_fds[0];
}

EXPORT void mixer_close(void) {
  atomic_store(&quitting, true);
  wake_mixer();
  pthread_join(thread, NULL);
}

EXPORT void mixer_get_status(struct mixer_status *out) {
  pthread_mutex_lock(&status_lock);
  *out = status;
  pthread_mutex_unlock(&status_lock);
  out->underruns = atomic_load(&underruns);
  if (out->kind == KIND_NONE) out->latency_us = 0;
}
