// SPDX-License-Identifier: MIT
namespace digest {}
