#pragma once

#include "api/signer/key_problem.hpp"
#include "policy/certificate.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include <tl/expected.hpp>

namespace creneau::signer {

/// What runs on the machine that holds a root, which need not know the town: no configuration, no
/// database.

/// Makes root and spare root in `directory` (created 0700): root.private, root.public and
/// root.fingerprint, and the same for spare-root. Refuses to overwrite any of them. Answers the
/// text to print.
[[nodiscard]] tl::expected<std::string, KeyProblem> init_root(
    const std::filesystem::path& directory);

struct SignRequest {
    std::filesystem::path root;                          ///< a root's private file
    std::filesystem::path request;                       ///< from `keys request`
    std::filesystem::path out;                           ///< the certificate; not overwritten
    std::optional<std::chrono::sys_seconds> not_before;  ///< absent: what the request proposes
    std::int64_t days = 120;
    std::int64_t longest_pass_min = policy::kGuestPassMinutes;  ///< pass keys only
    std::optional<std::uint32_t> generation;  ///< absent: what the request proposes
};

/// Shows what will be signed to `confirm`; signs and writes the certificate when it answers true.
/// Answers the text to print. Throws std::system_error when a file cannot be written.
[[nodiscard]] tl::expected<std::string, KeyProblem> sign_request(
    const SignRequest& what, const std::function<bool(const std::string&)>& confirm);

}  // namespace creneau::signer
