// SPDX-License-Identifier: MIT
// What the allocator keeps of freed memory goes back to the system, where it can be asked to. Any thread.
#pragma once

namespace digest {

// For the moment between two stages that both need much: costs some milliseconds.
void give_back_memory();

}  // namespace digest
