#include "api/signer/signed_log.hpp"

#include "api/signer/instant_text.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>

#include <fmt/core.h>

namespace creneau::signer {

SignedLog::SignedLog(const std::filesystem::path& state) : log_(state / "signed.log") {}

void SignedLog::append(qr::TownId town, std::int64_t credential_id, const qr::PassFields& fields,
                       std::chrono::sys_seconds now) {
    log_.append(fmt::format("{} town={} credential={} pass={:014x} revision={} key={} end={}",
                            to_text(now), static_cast<std::uint32_t>(town), credential_id,
                            static_cast<std::uint64_t>(fields.pass_id), fields.revision,
                            fields.key_id, to_text(qr::end_of(fields))));
}

}  // namespace creneau::signer
