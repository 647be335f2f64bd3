/*
 * Runs a program in a systemd unit of its own instead of in the caller's, and is to the caller what
 * the program would be: same arguments, environment, folder, standard streams and exit code; and it
 * ends with whoever hangs up.
 *
 *   encore-job SOCKET PROGRAM ARGUMENT...   the caller's side
 *   encore-job                              the unit's side (Accept=yes, StandardInput=socket)
 *
 * One message says it all: the three streams as descriptors, and strings that end in NUL: the number
 * of arguments, the folder, the arguments, the environment. The answer is the exit code in one byte.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STREAMS = 3, MESSAGE_BYTES_MAX = 128 * 1024, STRINGS_MAX = 4096, NOT_RUN = 126, NOT_FOUND = 127 };

static char message[MESSAGE_BYTES_MAX];

static int failed(const char *what) {
  fprintf(stderr, "encore-job: %s: %s\n", what, strerror(errno));
  return NOT_RUN;
}

/* ---- the caller's side ---- */

static bool add(size_t *length, const char *text) {
  size_t bytes = strlen(text) + 1;
  if (bytes > sizeof message - *length) return false;
  memcpy(message + *length, text, bytes);
  *length += bytes;
  return true;
}

static bool describe(size_t *length, int count, char **arguments, char **environment) {
  char number[16], folder[4096];
  snprintf(number, sizeof number, "%d", count);
  bool fits = getcwd(folder, sizeof folder) && add(length, number) && add(length, folder);
  for (int at = 0; fits && at < count; at++) fits = add(length, arguments[at]);
  for (; fits && *environment; environment++) fits = add(length, *environment);
  return fits;
}

static bool send_with_streams(int connection, size_t length) {
  const int streams[STREAMS] = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
  union {
    struct cmsghdr head;
    char bytes[CMSG_SPACE(sizeof streams)];
  } control = {0};
  struct iovec body = {.iov_base = message, .iov_len = length};
  struct msghdr header = {.msg_iov = &body, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof streams);
  memcpy(CMSG_DATA(rights), streams, sizeof streams);
  return sendmsg(connection, &header, MSG_NOSIGNAL) == (ssize_t)length;
}

static int ask(const char *path, int count, char **arguments, char **environment) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) return errno = ENAMETOOLONG, failed(path);
  strcpy(address.sun_path, path);
  size_t length = 0;
  if (!describe(&length, count, arguments, environment)) return errno = E2BIG, failed(arguments[0]);
  int connection = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (connection < 0 || connect(connection, (struct sockaddr *)&address, sizeof address) < 0) return failed(path);
  if (!send_with_streams(connection, length)) return failed(path);
  /* The program's end of its streams must be the last one: the reader waits for that. */
  close(STDIN_FILENO);
  close(STDOUT_FILENO);
  unsigned char code;
  if (recv(connection, &code, 1, 0) == 1) return code;
  fprintf(stderr, "encore-job: %s was ended from outside\n", arguments[0]);
  return NOT_RUN;
}

/* ---- the unit's side ---- */

static ssize_t receive_with_streams(int connection, int streams[STREAMS]) {
  union {
    struct cmsghdr head;
    char bytes[CMSG_SPACE(sizeof(int[STREAMS]))];
  } control = {0};
  struct iovec body = {.iov_base = message, .iov_len = sizeof message};
  struct msghdr header = {.msg_iov = &body, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  ssize_t length = recvmsg(connection, &header, MSG_CMSG_CLOEXEC);
  struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
  bool whole = length > 0 && message[length - 1] == '\0' && !(header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) && rights &&
               rights->cmsg_type == SCM_RIGHTS && rights->cmsg_len == CMSG_LEN(sizeof(int[STREAMS]));
  if (!whole) return errno = EPROTO, -1;
  memcpy(streams, CMSG_DATA(rights), sizeof(int[STREAMS]));
  return length;
}

static void become(char **strings, const int streams[STREAMS]) {
  setpgid(0, 0);
  int count = atoi(strings[0]);
  static char *arguments[STRINGS_MAX];
  memcpy(arguments, strings + 2, (size_t)count * sizeof *arguments);
  for (int at = 0; at < STREAMS; at++) dup2(streams[at], at);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (chdir(strings[1]) < 0) _exit(failed(strings[1]));
  execvpe(arguments[0], arguments, strings + 2 + count);
  failed(arguments[0]);
  _exit(NOT_FOUND);
}

static unsigned char code_of(int status) {
  return (unsigned char)(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static int serve(int connection) {
  int streams[STREAMS];
  ssize_t length = receive_with_streams(connection, streams);
  if (length < 0) return failed("the caller's words");
  static char *strings[STRINGS_MAX + 1];
  int found = 0;
  for (char *at = message; at < message + length && found < STRINGS_MAX; at += strlen(at) + 1) strings[found++] = at;
  int count = found > 2 ? atoi(strings[0]) : 0;
  if (count < 1 || count > found - 2) return errno = EPROTO, failed("the caller's words");

  /* Before the program is there: its end must not come unheard. */
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_BLOCK, &children, NULL);
  int ended = signalfd(-1, &children, SFD_CLOEXEC);
  pid_t program = fork();
  if (ended < 0 || program < 0) return failed("fork");
  if (program == 0) become(strings, streams);
  setpgid(program, program);
  for (int at = 0; at < STREAMS; at++) close(streams[at]);

  struct pollfd both[] = {{.fd = ended, .events = POLLIN}, {.fd = connection, .events = POLLIN}};
  while (poll(both, 2, -1) < 0 && errno == EINTR);
  /* The caller has hung up. What has left the group is ended with the unit. */
  if (!(both[0].revents & POLLIN)) return kill(-program, SIGKILL);
  int status;
  waitpid(program, &status, 0);
  unsigned char code = code_of(status);
  return send(connection, &code, 1, MSG_NOSIGNAL) == 1 ? 0 : failed("the answer");
}

int main(int count, char **arguments, char **environment) {
  if (count == 1) return serve(STDIN_FILENO);
  if (count > 2) return ask(arguments[1], count - 2, arguments + 2, environment);
  fprintf(stderr, "encore-job: SOCKET PROGRAM ARGUMENT...\n");
  return NOT_RUN;
}
