// SPDX-License-Identifier: MIT
#include "cli/configuration.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <digest/error.hpp>

#include "cli/cli11.hpp"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sstream>

#include "cli/nearest.hpp"
#include "cli/usage.hpp"

namespace digest::cli {
namespace {

constexpr std::size_t kMostBytes = 64 * 1024, kLongestLine = 1000;  // a longer one is no configuration

std::string hint(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string close = nearest(word, known);
  return close.empty() ? "" : fmt::format(" Did you mean `{}`?", close);
}

std::vector<std::string_view> settable_names() {
  std::vector<std::string_view> names;
  for (const Flag& flag : flags()) {
    if (flag.settable == Settable::in_file && std::find(names.begin(), names.end(), flag.name) == names.end())
      names.push_back(flag.name);
  }
  return names;
}

const Flag& settable_flag(const std::string& where, const std::string& command, const std::string& name) {
  const Flag* only_typed = nullptr;
  const Flag* of_others = nullptr;
  for (const Flag& flag : flags()) {
    if (flag.name != name) continue;
    const bool here = command.empty() || applies(flag, command);
    if (flag.settable == Settable::by_flag)
      only_typed = &flag;
    else if (here)
      return flag;
    else
      of_others = &flag;
  }
  const auto known = settable_names();
  if (of_others != nullptr) usage(fmt::format("{}`digest {}` has no setting `{}`.", where, command, name));
  if (only_typed != nullptr) {
    usage(fmt::format("{}`{}` can only be given as a flag. A file may set {}.", where, name,
                      fmt::join(known, ", ")));
  }
  usage(fmt::format("{}There is no setting `{}`.{} A file may set {}.", where, name, hint(name, known),
                    fmt::join(known, ", ")));
}

void check_section(const std::string& where, const std::string& name) {
  if (find_command(name) != nullptr) return;
  std::vector<std::string_view> known;
  for (const Command& command : commands()) known.push_back(command.name);
  usage(fmt::format("{}A section is named after a command, and there is no command `{}`.{}", where, name,
                    hint(name, known)));
}

void check_setting(const std::string& where, const Setting& setting) {
  const std::string label = fmt::format("{}`{}`", where, setting.flag->name);
  if (!setting.flag->value.empty()) return check_value(*setting.flag, label, setting.value);
  if (setting.value != "true" && setting.value != "false")
    usage(fmt::format("{} cannot be `{}`: true or false is wanted.", label, setting.value));
}

// CLI11 reads one line at a time, so that the number of a line is known and a value never runs on.
struct Line {
  std::optional<std::string> section, key;
  std::vector<std::string> values;
};

Line read_line(const std::string& where, std::string text) {
  Line line;
  if (text.front() == '[') {  // "[search] # what follows is said"
    text.resize(std::min(text.find('#'), text.size()));
    text.resize(text.find_last_not_of(" \t") + 1);
  }
  std::istringstream stream(text);
  const std::vector<CLI::ConfigItem> items = CLI::ConfigTOML().from_config(stream);
  const auto item = std::find_if(items.begin(), items.end(), [](const CLI::ConfigItem& one) {
    return one.name != "++" && one.name != "--";
  });
  if (item != items.end()) {
    line.key = item->fullname();
    line.values = item->inputs;
  } else if (text.front() == '[' && text.back() == ']') {
    line.section = items.empty() ? "" : CLI::detail::join(items.back().parents, ".");
    if (line.section->empty() && text != "[default]")
      usage(fmt::format("{}`{}` names no command.", where, text));
  } else if (text.front() != '#' && text.front() != ';') {
    usage(fmt::format("{}`{}` is no setting: one looks like `limit = 20`.", where, text));
  }
  return line;
}

// The text of a plain file; nothing if there is none, or none that this user may look for.
std::optional<std::string> file_text(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) {
    const int reason = errno;
    struct stat facts {};
    if (reason == ENOENT || reason == ENOTDIR || ::stat(path.c_str(), &facts) != 0) return std::nullopt;
    usage(fmt::format("{} could not be read: {}. `--no-config` goes without.", path, std::strerror(reason)));
  }
  struct stat facts {};
  const bool plain = ::fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode) &&
                     facts.st_size <= static_cast<off_t>(kMostBytes);
  std::string text(kMostBytes + 1, '\0');
  const ssize_t length = plain ? ::read(descriptor, text.data(), text.size()) : -1;
  ::close(descriptor);
  if (length < 0 || static_cast<std::size_t>(length) > kMostBytes) {
    usage(fmt::format("{} is no configuration: a plain file of at most {} KiB is wanted.", path,
                      kMostBytes / 1024));
  }
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::optional<std::string> known_place(const Environment& environment, const Arguments& arguments) {
  try {
    return index_place(environment, arguments).path;
  } catch (const Error&) {
    return std::nullopt;  // said when an index is needed
  }
}

ConfigurationFile read_file(std::string path) {
  ConfigurationFile file{std::move(path), false, {}};
  if (const auto text = file_text(file.path)) {
    file.exists = true;
    file.settings = parse_configuration(*text, file.path);
  }
  return file;
}

}  // namespace

std::vector<Setting> parse_configuration(std::string_view text, const std::string& file) {
  std::vector<Setting> settings;
  std::string command;
  std::size_t number = 0;
  if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string content = CLI::detail::trim_copy(std::string(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string where = fmt::format("{}, line {}: ", file, ++number);
    if (content.empty()) continue;
    if (content.size() > kLongestLine)
      usage(fmt::format("{}the line is longer than {} bytes.", where, kLongestLine));
    Line line = read_line(where, content);
    if (line.section) {
      command = *line.section;
      if (!command.empty()) check_section(where, command);
    }
    if (!line.key) continue;
    if (line.values.size() != 1) usage(fmt::format("{}`{}` takes one value.", where, *line.key));
    Setting setting{&settable_flag(where, command, *line.key), command, line.values[0], file, number};
    check_setting(where, setting);
    for (const Setting& earlier : settings) {
      if (earlier.flag->name == *line.key && earlier.command == command) {
        usage(fmt::format("{}`{}` is set on line {} already.", where, *line.key, earlier.line));
      }
    }
    settings.push_back(std::move(setting));
  }
  return settings;
}

std::vector<ConfigurationFile> configuration_files(const Environment& environment,
                                                   const Arguments& arguments) {
  std::vector<ConfigurationFile> files;
  if (const auto place = known_place(environment, arguments))
    files.push_back(read_file(*place + "/config.toml"));
  if (!environment.config_home.empty())
    files.push_back(read_file(environment.config_home + "/digest/config.toml"));
  return files;
}

const Setting* effective_setting(const std::vector<ConfigurationFile>& files, const Flag& flag,
                                 std::string_view command) {
  for (const ConfigurationFile& file : files) {
    const Setting* common = nullptr;
    for (const Setting& setting : file.settings) {
      if (setting.flag->name != flag.name) continue;
      if (!command.empty() && setting.command == command) return &setting;
      if (setting.command.empty()) common = &setting;
    }
    if (common != nullptr) return common;
  }
  return nullptr;
}

void apply_configuration(Arguments& arguments, const Environment& environment) {
  const std::string_view command = arguments.command()->name;
  if (command == "help" || command == "completion" || arguments.has("no-config")) return;
  const std::vector<ConfigurationFile> files = configuration_files(environment, arguments);
  for (const Flag* flag : flags_of(command)) {
    const Setting* setting =
        flag->settable == Settable::in_file ? effective_setting(files, *flag, command) : nullptr;
    if (setting == nullptr || (flag->value.empty() && setting->value == "false")) continue;
    arguments.set_default(flag->name, flag->value.empty() ? std::vector<std::string>()
                                                          : std::vector<std::string>{setting->value});
  }
}

}  // namespace digest::cli
