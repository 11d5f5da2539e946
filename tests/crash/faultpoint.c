/* Counts the calls that write, over all processes of a run, and at the Nth of them kills the run or fails the call.

   Loaded by LD_PRELOAD, so that it stands in front of every write of Python, of DuckDB's C++ and of whatever else is
   loaded, and the program under test needs no change. What counts: calls that change a file or folder below `home`,
   and data sent over a TCP connection whose other end is not `quiet_port` (Prefect's server). faults.py holds the
   same layout of the shared page and says what each kind does.

   Every call goes to the kernel by syscall(2): nothing has to be looked up in libc, and nothing can come in between. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { COUNT, KILL, TORN, ORPHAN, FULL, BROKEN };
enum call { DATA, SPACE, OTHER, SENT }; /* writes bytes; needs room on the disk; changes names or syncs; goes out */

struct page {
  long count;      /* calls so far that the kind can hit */
  long at;         /* the call to hit, from 1; 0: none */
  int kind, main, quiet_port, fired;
  char where[512]; /* of the call that was hit */
  char home[512];
};

static struct page *page;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("FAULTPOINT_PAGE");
  int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR) : -1;
  if (fd < 0) return;
  void *at = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (at != MAP_FAILED) page = at;
}

static int below_home(const char *path) {
  size_t length = strlen(page->home);
  return length && strncmp(path, page->home, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/* Fill in the path of a descriptor's file; return whether it is one below home. */
static int is_ours(int fd, char *path) {
  char link[40];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, 400);
  if (length <= 0) return 0;
  path[length] = 0;
  return below_home(path);
}

static int goes_out(int fd, char *path) {
  struct sockaddr_in peer;
  socklen_t size = sizeof peer;
  if (getpeername(fd, (struct sockaddr *)&peer, &size) || peer.sin_family != AF_INET) return 0;
  int port = ntohs(peer.sin_port);
  snprintf(path, 40, "port %d", port);
  return port != page->quiet_port;
}

static int can_hit(enum call call) {
  switch (page->kind) {
    case TORN: return call == DATA;
    case ORPHAN: return getpid() != page->main;
    case FULL: return call == DATA || call == SPACE;
    default: return 1;
  }
}

/* Count a call; return whether it is the one to hit. A full disk stays full. */
static int is_hit(enum call call, const char *name, const char *path) {
  if (!can_hit(call)) return 0;
  long number = __atomic_add_fetch(&page->count, 1, __ATOMIC_SEQ_CST);
  if (!page->at || number < page->at || (number > page->at && page->kind != FULL)) return 0;
  if (number == page->at) {
    snprintf(page->where, sizeof page->where, "%s %s", name, path);
    page->fired = 1;
  }
  return 1;
}

static void end_run(void) {
  syscall(SYS_kill, page->main, SIGKILL);
  for (;;) syscall(SYS_kill, getpid(), SIGKILL);
}

/* Do what the kind asks for at a call that is hit; return whether the call fails, with errno set. */
static int strike(enum call call) {
  switch (page->kind) {
    case ORPHAN: syscall(SYS_kill, page->main, SIGKILL); return 0;
    case FULL: errno = ENOSPC; return 1;
    case BROKEN: errno = call == SENT ? ECONNRESET : EIO; return 1;
    default: end_run(); return 1;
  }
}

static int fails_on(int fd, enum call call, const char *name) {
  char path[512];
  return page && page->home[0] && is_ours(fd, path) && is_hit(call, name, path) && strike(call);
}

static int fails_at(int folder, const char *given, enum call call, const char *name) {
  char path[1024];
  if (!page || !page->home[0] || !given) return 0;
  if (given[0] == '/') {
    snprintf(path, sizeof path, "%s", given);
  } else {
    char link[40];
    snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, path, 500);
    if (length <= 0) return 0;
    snprintf(path + length, sizeof path - (size_t)length, "/%s", given);
  }
  return below_home(path) && is_hit(call, name, path) && strike(call);
}

/* Bytes to a file, `offset` -1 for where it stands. A torn write puts down half before the end. */
static ssize_t put(int fd, const void *data, size_t size, off_t offset, const char *name) {
  char path[512];
  if (page && page->home[0]) {
    int file = is_ours(fd, path);
    enum call call = file ? DATA : SENT;
    if ((file || goes_out(fd, path)) && is_hit(call, name, path)) {
      if (page->kind == TORN) size /= 2;
      else if (strike(call)) return -1;
    } else file = 0;
    if (file && page->kind == TORN) {
      if (offset < 0) syscall(SYS_write, fd, data, size);
      else syscall(SYS_pwrite64, fd, data, size, offset);
      end_run();
    }
  }
  return offset < 0 ? syscall(SYS_write, fd, data, size) : syscall(SYS_pwrite64, fd, data, size, offset);
}

ssize_t write(int fd, const void *data, size_t size) { return put(fd, data, size, -1, "write"); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return put(fd, data, size, offset, "pwrite"); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  return put(fd, data, size, offset, "pwrite");
}

static int fails_out(int fd, const char *name) {
  char path[512];
  return page && page->home[0] && goes_out(fd, path) && is_hit(SENT, name, path) && strike(SENT);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (fails_on(fd, DATA, "writev") || fails_out(fd, "writev")) return -1;
  return syscall(SYS_writev, fd, parts, count);
}
ssize_t send(int fd, const void *data, size_t size, int flags) {
  return fails_out(fd, "send") ? -1 : syscall(SYS_sendto, fd, data, size, flags, NULL, 0);
}
ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
  return fails_out(fd, "sendto") ? -1 : syscall(SYS_sendto, fd, data, size, flags, to, length);
}
ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  return fails_out(fd, "sendmsg") ? -1 : syscall(SYS_sendmsg, fd, message, flags);
}
ssize_t sendfile64(int to, int from, off64_t *offset, size_t size) {
  return fails_on(to, SPACE, "sendfile") ? -1 : syscall(SYS_sendfile, to, from, offset, size);
}
ssize_t sendfile(int to, int from, off_t *offset, size_t size) { return sendfile64(to, from, (off64_t *)offset, size); }
ssize_t copy_file_range(int from, off64_t *first, int to, off64_t *second, size_t size, unsigned flags) {
  if (fails_on(to, SPACE, "copy_file_range")) return -1;
  return syscall(SYS_copy_file_range, from, first, to, second, size, flags);
}
int fsync(int fd) { return fails_on(fd, OTHER, "fsync") ? -1 : (int)syscall(SYS_fsync, fd); }
int fdatasync(int fd) { return fails_on(fd, OTHER, "fdatasync") ? -1 : (int)syscall(SYS_fdatasync, fd); }
int ftruncate64(int fd, off64_t size) {
  return fails_on(fd, OTHER, "ftruncate") ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
int fallocate64(int fd, int mode, off64_t offset, off64_t size) {
  return fails_on(fd, SPACE, "fallocate") ? -1 : (int)syscall(SYS_fallocate, fd, mode, offset, size);
}
int fallocate(int fd, int mode, off_t offset, off_t size) { return fallocate64(fd, mode, offset, size); }
int posix_fallocate64(int fd, off64_t offset, off64_t size) {
  if (fails_on(fd, SPACE, "fallocate")) return errno;
  return syscall(SYS_fallocate, fd, 0, offset, size) ? errno : 0;
}
int posix_fallocate(int fd, off_t offset, off_t size) { return posix_fallocate64(fd, offset, size); }
int fchmod(int fd, mode_t mode) { return fails_on(fd, OTHER, "fchmod") ? -1 : (int)syscall(SYS_fchmod, fd, mode); }
int chmod(const char *path, mode_t mode) {
  return fails_at(AT_FDCWD, path, OTHER, "chmod") ? -1 : (int)syscall(SYS_fchmodat, AT_FDCWD, path, mode);
}
int mkdirat(int folder, const char *path, mode_t mode) {
  return fails_at(folder, path, SPACE, "mkdir") ? -1 : (int)syscall(SYS_mkdirat, folder, path, mode);
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
int unlinkat(int folder, const char *path, int flags) {
  return fails_at(folder, path, OTHER, "unlink") ? -1 : (int)syscall(SYS_unlinkat, folder, path, flags);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int renameat2(int from, const char *old, int to, const char *name, unsigned flags) {
  return fails_at(to, name, OTHER, "rename") ? -1 : (int)syscall(SYS_renameat2, from, old, to, name, flags);
}
int renameat(int from, const char *old, int to, const char *name) { return renameat2(from, old, to, name, 0); }
int rename(const char *old, const char *name) { return renameat2(AT_FDCWD, old, AT_FDCWD, name, 0); }
int linkat(int from, const char *old, int to, const char *name, int flags) {
  return fails_at(to, name, SPACE, "link") ? -1 : (int)syscall(SYS_linkat, from, old, to, name, flags);
}
int link(const char *old, const char *name) { return linkat(AT_FDCWD, old, AT_FDCWD, name, 0); }

static int open_at(int folder, const char *path, int flags, mode_t mode) {
  struct stat known;
  int makes = (flags & O_TRUNC) || ((flags & O_CREAT) && fstatat(folder, path, &known, 0));
  if (makes && fails_at(folder, path, SPACE, "open")) return -1;
  return (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define MODE(last) \
  mode_t mode = 0; \
  if (flags & (O_CREAT | __O_TMPFILE)) { \
    va_list more; \
    va_start(more, last); \
    mode = va_arg(more, mode_t); \
    va_end(more); \
  }
int open(const char *path, int flags, ...) { MODE(flags) return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_at(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return open_at(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return open_at(folder, path, flags, mode); }
