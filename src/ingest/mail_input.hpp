// SPDX-License-Identifier: MIT
// The parts of mails, each opened as if it were a file of its own; of parts that say the same, the one that yields
// more papers. Threads: one.
#pragma once
#include <memory>

#include "ingest/mime.hpp"
#include "ingest/opener.hpp"
#include "ingest/stage.hpp"

namespace digest::ingest {

std::unique_ptr<Stage> make_mail_input(MailKind kind, Run& run, int depth);

}  // namespace digest::ingest
