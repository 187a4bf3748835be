#pragma once

#include <string>
#include <vector>

namespace creneau {

/// Whether the arguments ask for `keys`; options may stand before it.
[[nodiscard]] bool asks_for_keys(const std::vector<std::string>& arguments);

/// Key operations belong to the program that reads private keys: runs creneau-signer, installed
/// beside this one, with the same arguments, and notes in the audit what became of it. @returns its
/// exit status
int keys_command(const std::vector<std::string>& arguments);

}  // namespace creneau
