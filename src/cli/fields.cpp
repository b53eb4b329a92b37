// SPDX-License-Identifier: MIT
#include "cli/fields.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "cli/flags.hpp"
#include "cli/nearest.hpp"
#include "render/json.hpp"

namespace digest::cli {

std::vector<std::string> checked_fields(const std::string& list) {
  std::vector<std::string> fields;
  const auto& known = render::hit_fields();
  for (const std::string_view name : split(list, ',')) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      const std::string close = nearest(name, known);
      throw Error(ErrorKind::usage, fmt::format("There is no field `{}`.{} The fields are {}.", name,
                        close.empty() ? "" : fmt::format(" Did you mean `{}`?", close),
                        fmt::join(known, ", ")));
    }
    fields.emplace_back(name);
  }
  if (fields.empty())
    throw Error(ErrorKind::usage, fmt::format("`--fields` names no field. The fields are {}.", fmt::join(known, ", ")));
  return fields;
}

void require_paper_fields(const std::vector<std::string>& fields) {
  for (const std::string& name : fields) {
    if (render::is_of_hit_only(name))
      throw Error(ErrorKind::usage, fmt::format("`{}` is a field of hits: only `digest search` and its kin have it to print.", name));
  }
}

std::vector<std::string> checked_paper_fields(const std::string& list) {
  std::vector<std::string> fields = checked_fields(list);
  require_paper_fields(fields);
  return fields;
}

}  // namespace digest::cli
