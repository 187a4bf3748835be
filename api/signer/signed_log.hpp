#pragma once

#include "api/store/durable_file.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace creneau::signer {

/// The append-only list of passes signed (signed.log): who must be told if a key was misused.
/// One line a signature, on disk before the answer leaves; never the signed bytes.
class SignedLog {
  public:
    explicit SignedLog(const std::filesystem::path& state);

    /// Throws std::system_error when the line is not on disk.
    void append(qr::TownId town, std::int64_t credential_id, const qr::PassFields& fields,
                std::chrono::sys_seconds now);

  private:
    store::AppendLog log_;
};

}  // namespace creneau::signer
