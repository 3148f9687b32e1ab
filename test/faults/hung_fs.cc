// A file system that never answers: its root exists, every look-up below it blocks until the mount is aborted. What a dead NFS server or an
// agent's own FUSE mount looks like to a hook.
//
//   hung_fs MOUNTPOINT        (stays in the foreground)
#define FUSE_USE_VERSION 31
#include <fuse3/fuse.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace {

int answer_root_only(const char* path, struct stat* st, fuse_file_info*) {
  if (std::strcmp(path, "/") == 0) {
    *st = {};
    st->st_mode = S_IFDIR | 0755;
    st->st_nlink = 2;
    return 0;
  }
  for (;;) pause();
}

int list_nothing(const char*, void*, fuse_fill_dir_t, off_t, fuse_file_info*, fuse_readdir_flags) {
  for (;;) pause();
}

}  // namespace

int main(int argc, char** argv) {
  fuse_operations operations{};
  operations.getattr = answer_root_only;
  operations.readdir = list_nothing;
  if (argc != 2) return 2;
  char foreground[] = "-f";
  char* arguments[] = {argv[0], foreground, argv[1], nullptr};
  return fuse_main(3, arguments, &operations, nullptr);
}
