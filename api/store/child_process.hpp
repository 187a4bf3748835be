#pragma once

#include <string>
#include <vector>

namespace creneau::store {

struct Finished {
    bool succeeded = false;  // exited with 0
    std::string output;
    std::string errors;
};

/// Runs a program found on PATH with an empty standard input and waits for it.
/// Throws StoreError when it cannot be started.
Finished run_program(const std::vector<std::string>& words);

}  // namespace creneau::store
