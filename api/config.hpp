#pragma once

#include "api/mail/mailer.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau {

struct HttpConfig {
    std::string address = "127.0.0.1";  ///< loopback only: TLS and the outside world are nginx's
    std::uint16_t port = 8080;          ///< 0: any free port, printed in the ready line
    int threads = 2;
    std::string public_url;  ///< how people reach the town, for Origin checks; no final slash
};

struct AccountsConfig {
    std::filesystem::path breached_passwords = "/usr/share/creneau/breached-passwords.bin";
    std::filesystem::path key_file = "/var/lib/creneau/accounts.key";
};

/// What creneau-api reads from its TOML file. The [signer] table's other keys belong to
/// creneau-signer, which reads the same file, and reads [badges] too.
struct Config {
    std::string town;  ///< key of the served town; empty: the only one in the database
    store::Database database;
    HttpConfig http;
    mail::MailSettings mail;
    AccountsConfig accounts;
    std::filesystem::path badge_key_file = "/var/lib/creneau/badges.key";  ///< for the signer
    std::filesystem::path signer_socket;
    std::filesystem::path seals_file;       ///< of the audit: outside the database
    std::filesystem::path papers_folder;    ///< of uploaded files; empty: none are taken
    std::filesystem::path papers_scanner;   ///< socket of clamd; empty: files are kept unscanned
    std::filesystem::path erasures_folder;  ///< who was erased: outside the database
    std::filesystem::path web_folder;       ///< the built web application; empty: none is served
};

/// One thing wrong in a configuration file.
struct ConfigError {
    std::string place;   ///< "FILE:LINE: table.key"
    std::string detail;  ///< what is wrong and what would be right
};

/// Reads and checks the whole file; every error at once.
[[nodiscard]] tl::expected<Config, std::vector<ConfigError>> load_config(
    const std::filesystem::path& file);

}  // namespace creneau
