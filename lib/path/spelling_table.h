#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// How other systems spell places. Everything is in lower case: they do not tell cases apart.
namespace belay::path {

/// A beginning of a path that stands for another one.
struct Beginning {
  std::string_view written;
  std::string_view meant;
};

/// In front of Windows paths, slashes already turned (Naming Files, Paths, and Namespaces; `\??\` is the object manager's).
inline constexpr std::array<Beginning, 7> kDevicePrefixes{{
    {"//?/unc/", "//"},
    {"//./unc/", "//"},
    {"//?/globalroot/", "/"},
    {"//?/", ""},
    {"//./", ""},
    {"/?\?/", ""},  // not a trigraph
    {"microsoft.powershell.core/filesystem::", ""},
}};

/// Hosts of UNC paths that are this machine, or whose share is the root of a guest: `\\wsl$\Debian\home`.
inline constexpr std::array<std::string_view, 5> kOwnHosts{"localhost", "127.0.0.1", ".", "0--1.ipv6-literal.net", "::1"};
inline constexpr std::array<std::string_view, 2> kGuestHosts{"wsl$", "wsl.localhost"};

/// Variables at the front of a path, as cmd.exe and PowerShell write them: `%NAME%`, `$env:NAME`, `${env:NAME}`. `~` is whoever's home.
inline constexpr std::array<Beginning, 16> kVariables{{
    {"userprofile", "~"},
    {"homepath", "~"},
    {"homedrive", ""},
    {"home", "~"},
    {"onedrive", "~/onedrive"},
    {"appdata", "~/appdata/roaming"},
    {"localappdata", "~/appdata/local"},
    {"temp", "~/appdata/local/temp"},
    {"tmp", "~/appdata/local/temp"},
    {"systemdrive", ""},
    {"systemroot", "/windows"},
    {"windir", "/windows"},
    {"programdata", "/programdata"},
    {"allusersprofile", "/programdata"},
    {"programfiles", "/program files"},
    {"public", "/users/public"},
}};

/// Absolute paths that are other ones (firmlinks and links of macOS, drives as guests of Windows mount them). A single `?` is a drive's letter.
inline constexpr std::array<Beginning, 7> kAliases{{
    {"/private/etc", "/etc"},
    {"/private/var", "/var"},
    {"/private/tmp", "/tmp"},
    {"/volumes/macintosh hd", ""},
    {"/mnt/?", ""},
    {"/cygdrive/?", ""},
    {"/proc/cygdrive/?", ""},
}};

/// Git for Windows mounts drives at `/c`: believed only in front of what lies at a drive's root there, since `/c` is a name like others.
inline constexpr std::array<std::string_view, 8> kDriveFolders{
    "users", "windows", "program files", "program files (x86)", "programdata", "documents and settings", "winnt", "$recycle.bin"};

/// The short names that NTFS and VFAT keep for names that do not fit into eight and three letters (`GIT~1`). Of names that begin with a
/// dot the dot is dropped; those are worked out, the others are listed.
inline constexpr std::array<Beginning, 10> kShortNames{{
    {"progra~1", "program files"},
    {"progra~2", "program files (x86)"},
    {"progra~3", "programdata"},
    {"docume~1", "documents and settings"},
    {"settin~1.jso", "settings.json"},
    {"creden~1", "credentials"},
    {"author~1", "authorized_keys"},
    {"gitcon~1", ".gitconfig"},
    {"git-cr~1", ".git-credentials"},
    {"id_ed2~1", "id_ed25519"},
}};

/// Characters that HFS+ and folding ext4, f2fs and NTFS mounts leave out of a comparison: Default_Ignorable_Code_Point of Unicode.
struct CodeRange {
  std::uint32_t first;
  std::uint32_t last;
};
inline constexpr std::array<CodeRange, 16> kIgnorable{{
    {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200F}, {0x202A, 0x202E},
    {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0xE0000, 0xE0FFF},
}};

/// Characters beyond ASCII whose case folding is an ASCII letter (CaseFolding.txt, status C): the long s and the sign of kelvin.
struct Folding {
  std::uint32_t code;
  char letter;
};
inline constexpr std::array<Folding, 2> kFoldings{{{0x017F, 's'}, {0x212A, 'k'}}};

}  // namespace belay::path
