#pragma once

#include <string>

namespace creneau::mail {

/// 128 random bits in hexadecimal, for one Message-ID: who answers with it has had the mail.
[[nodiscard]] std::string new_message_token();

}  // namespace creneau::mail
