#pragma once

#include <cstdint>
#include <string>

#include <tl/expected.hpp>

namespace creneau::mail {

/// How the connection to the mail server is protected.
enum class Tls : std::uint8_t {
    none,       ///< plain text: only to this very machine
    starttls,   ///< begun in plain text, given up unless TLS follows, certificate verified
    immediate,  ///< smtps://
};

struct SmtpTarget {
    std::string url;  ///< scheme://host:port, nothing else
    Tls tls = Tls::starttls;
};

enum class SmtpTargetError : std::uint8_t {
    not_a_url,
    wrong_scheme,  ///< neither smtp nor smtps
    more_than_host_and_port,
};

[[nodiscard]] std::string sentence_for(SmtpTargetError error);

/// "localhost", 127.0.0.0/8 or ::1, and nothing else: a name that merely resolves there may resolve
/// elsewhere tomorrow.
[[nodiscard]] bool is_loopback(const std::string& host);

/// Reads smtp_url. TLS is left out only on loopback, over smtp://, when no trust anchor was named.
[[nodiscard]] tl::expected<SmtpTarget, SmtpTargetError> parse_smtp_url(const std::string& url,
                                                                       bool has_ca_file);

}  // namespace creneau::mail
